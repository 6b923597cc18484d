/**
 * The frame for HTML with scripts (W2): an origin of its own, without access to the page, its cookies and the window's
 * bridge. `sandbox.html` gets the HTML once, writes it, and reports its height; nothing else is heard from it.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import styles from "./HtmlOutput.module.css";

const TALLEST = 4000; // px: what is taller scrolls inside, so that a page as tall as its frame does not grow for ever

export function SandboxFrame({ html }: { readonly html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const sent = useRef(false);
  const [height, setHeight] = useState(40);
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.source === null || event.source !== frame.current?.contentWindow) return;
      const told = heightIn(event.data);
      if (told !== null) setHeight(Math.min(TALLEST, told));
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  const send = () => {
    const target = frame.current?.contentWindow;
    if (sent.current || target === null || target === undefined) return;
    sent.current = true; // what the frame loads later by itself gets nothing from us
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    target.postMessage({ type: "adrastea:html", html, scheme }, "*"); // its origin is opaque: it has no name
  };
  return (
    <iframe
      ref={frame}
      class={styles.frame}
      title={outputsText.frameTitle}
      sandbox="allow-scripts"
      src="sandbox.html"
      style={{ blockSize: `${height}px` }}
      onLoad={send}
    />
  );
}

/** A script as a page that has nothing else; `element` is where Jupyter's scripts write. */
export function scriptPage(source: string): string {
  const safe = source.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
  return `<div id="output"></div><script>const element = [document.getElementById("output")];\n${safe}\n</script>`;
}

function heightIn(data: unknown): number | null {
  if (typeof data !== "object" || data === null || !("type" in data) || !("height" in data)) return null;
  const { type, height } = data;
  return type === "adrastea:height" && typeof height === "number" && height >= 0 ? Math.ceil(height) : null;
}
