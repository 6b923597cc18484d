/** HTML of a widget: sanitised, with formulas where they are wanted. It runs no script and brings no style sheet. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { resolveAddresses } from "../markdown/addresses";
import { renderLatex } from "../markdown/latex";
import { loadedHtml, preloadHtml } from "../outputs/htmlChunk";
import { usePlace } from "./traits";
import styles from "./widgets.module.css";

export function SafeHtml({ html, math = false }: { readonly html: string; readonly math?: boolean }) {
  const { folder } = usePlace();
  const host = useRef<HTMLSpanElement>(null);
  const [chunk, setChunk] = useState(loadedHtml);
  useEffect(() => {
    let wanted = true;
    if (chunk === null) void preloadHtml().then((loaded) => wanted && setChunk(loaded));
    return () => {
      wanted = false;
    };
  }, []);
  useLayoutEffect(() => {
    if (chunk === null || host.current === null) return;
    const body = chunk.sanitiseForPage(html);
    resolveAddresses(body, { folder });
    host.current.replaceChildren(...body.childNodes);
    if (math) void setFormulas(host.current);
  }, [chunk, html, math, folder]);
  return <span ref={host} class={styles.contained} />;
}

/** Formulas in the texts below an element, in place. */
async function setFormulas(element: HTMLElement): Promise<void> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts.filter(({ data }) => /\$|\\\(|\\\[/.test(data))) {
    const set = document.createElement("span");
    set.innerHTML = await renderLatex(text.data);
    text.replaceWith(set);
  }
}
