/** Bytes of a notebook under an address of the page's own, as players and viewers need them. */
import { useEffect, useState } from "preact/hooks";
import { outputBlob } from "./outputFile";

export interface ShownBlob {
  /** Empty until it is there. */
  readonly address: string;
  /** Bytes. */
  readonly size: number;
}

/** The bytes under an address of the page's own; null when they are no base64. Players read such an address in pieces. */
export function useBlob(mime: string, data: string): ShownBlob | null {
  const [shown, setShown] = useState<ShownBlob | null>({ address: "", size: 0 });
  useEffect(() => {
    const blob = outputBlob(mime, data);
    if (blob === null || blob.size === 0) {
      setShown(null);
      return;
    }
    const address = URL.createObjectURL(blob);
    setShown({ address, size: blob.size });
    return () => URL.revokeObjectURL(address);
  }, [mime, data]);
  return shown;
}
