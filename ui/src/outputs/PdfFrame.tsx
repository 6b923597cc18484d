/**
 * The frame in which the browser engine draws a PDF. It has no `sandbox`, in which engines show no PDF at all; its address
 * is a blob of that type, which no engine takes for anything that runs in the page.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { FrameGuard } from "./frame/guard";
import styles from "./PdfOutput.module.css";
import { useAddress } from "./useAddress";

const VIEW = "#navpanes=0&view=FitH"; // for engines that know it: the page as wide as the frame, nothing beside it

export function PdfFrame({ file, title }: { readonly file: Blob; readonly title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const address = useAddress(file);
  useLayoutEffect(() => {
    if (frame.current === null || address === "") return;
    const guard = new FrameGuard(frame.current);
    return () => guard.close();
  }, [address]);
  if (address === "") return null;
  return <iframe ref={frame} class={styles.frame} title={title} src={`${address}${VIEW}`} />;
}
