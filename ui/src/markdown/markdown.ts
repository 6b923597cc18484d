/**
 * Markdown as safe HTML. The work is done by a chunk that is loaded once, at the first call; its maths by another, at the
 * first formula. Whoever has to show something at once asks `renderMarkdownNow`.
 */
import { languageNamed, loadGrammar } from "../editor/staticCode";
import type * as Convert from "./convert";
import type { MarkdownOptions, SetMath } from "./convert";
import styles from "./markdown.module.css";

export type { MarkdownOptions } from "./convert";

/** The class of the element around rendered Markdown. */
export const markdownClass = styles.markdown ?? "";

/** The chunks that are here. A module's code, not state: loaded once, never changed. */
let converter: typeof Convert | null = null;
let setMath: SetMath | null = null;

/** Fetch what rendering needs, so that `renderMarkdownNow` has an answer. */
export async function preloadMarkdown(): Promise<typeof Convert> {
  converter ??= await import("./convert");
  return converter;
}

/** The same for formulas. */
export async function loadMath(): Promise<SetMath> {
  setMath ??= (await import("./maths")).mathHtml;
  return setMath;
}

/** The same if it is here. */
export function loadedMath(): SetMath | null {
  return setMath;
}

/** Sanitised HTML with MathML. Rejects only when a chunk cannot be had. */
export async function renderMarkdown(source: string, options: MarkdownOptions = {}): Promise<string> {
  const [loaded] = await Promise.all([
    preloadMarkdown(),
    /\$[^]*\$/.test(source) && loadMath().catch(() => null), // most likely it is needed: on its way beside the others
    ...fences(source).map((language) => loadGrammar(languageNamed(language))),
  ]);
  const converted = loaded.convert(source, options);
  return loaded.finish(converted, converted.math.length > 0 ? await loadMath() : null);
}

/** The languages of the code blocks. */
function fences(source: string): string[] {
  return [...source.matchAll(/^[ >\t]*(?:`{3,}|~{3,})[ \t]*([\w+#.-]+)/gm)].map((fence) => fence[1] ?? "");
}

/** The same at once, or null when a chunk that it needs is not here yet. */
export function renderMarkdownNow(source: string, options: MarkdownOptions = {}): string | null {
  if (converter === null) return null;
  const converted = converter.convert(source, options);
  if (converted.math.length > 0 && setMath === null) return null;
  return converter.finish(converted, setMath);
}

/** The id of the element that a link `#name` inside Markdown means. */
export function headingId(href: string): string {
  let name = href.replace(/^#/, "");
  try {
    name = decodeURIComponent(name);
  } catch {
    // not encoded: as it stands
  }
  return `user-content-${name}`;
}
