/** Markdown and LaTeX of a kernel. Both are rendered by chunks that may still be on their way: then the source stands there. */
import { useEffect, useState } from "preact/hooks";
import { markdownClass, renderMarkdown, renderMarkdownNow } from "../markdown/markdown";
import { latexNow, renderLatex } from "../markdown/latex";
import styles from "./RichText.module.css";

export function MarkdownOutput({ source, folder }: { readonly source: string; readonly folder: string }) {
  const html = useRendered(
    source,
    (text) => renderMarkdownNow(text, { folder }),
    (text) => renderMarkdown(text, { folder }),
  );
  if (html === null) return <pre class={styles.source}>{source}</pre>;
  return <div class={markdownClass} dangerouslySetInnerHTML={{ __html: html }} />;
}

export function LatexOutput({ source }: { readonly source: string }) {
  const html = useRendered(source, latexNow, renderLatex);
  if (html === null) return <pre class={styles.source}>{source}</pre>;
  return <div class={styles.latex} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** The HTML for `source`: at once where that is possible, else when it has come. */
function useRendered(
  source: string,
  now: (source: string) => string | null,
  later: (source: string) => Promise<string>,
): string | null {
  const [come, setCome] = useState<{ source: string; html: string } | null>(null);
  const atOnce = come?.source === source ? come.html : now(source);
  useEffect(() => {
    if (atOnce !== null) return;
    let wanted = true;
    later(source).then(
      (html) => wanted && setCome({ source, html }),
      () => undefined, // a chunk that cannot be had: the source stays
    );
    return () => {
      wanted = false;
    };
  }, [source, atOnce]);
  return atOnce;
}
