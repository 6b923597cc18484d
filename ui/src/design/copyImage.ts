/** Images on their way to the clipboard, which takes PNG only. */
import { wireText } from "../i18n/wire";

/** Whether it is on the clipboard now; a page without encryption on another machine has none. */
export async function copyImage(png: Blob): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    return true;
  } catch {
    return false;
  }
}

/** Any image that the browser shows as PNG, in its natural size. Rejects when it is none. */
export async function asPng(image: Blob): Promise<Blob> {
  if (image.type === "image/png") return image;
  const address = URL.createObjectURL(image);
  try {
    const shown = new Image();
    shown.src = address;
    await shown.decode();
    const canvas = document.createElement("canvas");
    canvas.width = shown.naturalWidth;
    canvas.height = shown.naturalHeight;
    canvas.getContext("2d")?.drawImage(shown, 0, 0);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((png) => (png === null ? reject(new Error(wireText.imageNotDrawn)) : resolve(png)));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
