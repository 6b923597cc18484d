/** Bytes as base64, the form in which notebooks and Jupyter's contents carry them. */
import { wireText } from "../i18n/wire";

/** Rejects when the file cannot be read any more. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,?/, ""));
    reader.onerror = () => reject(reader.error ?? new Error(wireText.fileUnreadable));
    reader.readAsDataURL(file);
  });
}

/** The bytes of a base64 text. */
export function blobOf(base64: string, type: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type });
}
