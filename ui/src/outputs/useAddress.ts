/** Bytes under an address of the page's own, as players and viewers need them: they read it in pieces. */
import { useEffect, useState } from "preact/hooks";

/** The address while it is shown; empty until it is there, and where there are no bytes. */
export function useAddress(file: Blob | null): string {
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (file === null) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
