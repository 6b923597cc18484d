/** A traceback taken apart: frames of the user's own code stay, those of libraries are folded. Pure. */
import { stripAnsi } from "./ansi";

export type TracebackPart =
  | { readonly kind: "text"; readonly text: string }
  /** Folded: those of libraries, and the earlier ones of a long way through one's own code. */
  | { readonly kind: "library" | "earlier"; readonly frames: readonly string[] };

const LIBRARY =
  /^(?:File |\/|~|[A-Za-z]:\\|<frozen )[^\n]*?(?:site-packages|dist-packages|[\\/]lib(?:64)?[\\/]python\d|[\\/]Lib[\\/]|<frozen |[\\/]ipykernel_launcher)|^File [^\n:]+\.p(?:yx|xi|xd):\d/;
const OWN = /^(?:Cell In|Input In|File |<ipython-input-)/;
const RULE = /^-{20,}\s*$/;
const HEAD = /\s+Traceback \(most recent call last\)$/;
const OWN_SHOWN = 4; // frames of one's own code, the first and the last ones

/**
 * The entries as IPython sends them, one frame each. The rule of dashes at the beginning is left out, and so are the
 * first and the last entry when they only repeat `headline`, which is shown above.
 */
export function tracebackParts(entries: readonly string[], headline: string): readonly TracebackPart[] {
  const plain = entries.map((entry) => stripAnsi(entry).trim());
  const own = entries.map((_, index) => index).filter((index) => kindOf(plain[index] ?? "") === "own");
  const earlier = new Set(own.length > OWN_SHOWN ? own.slice(1, 1 - OWN_SHOWN) : []);
  const parts: TracebackPart[] = [];
  entries.forEach((entry, index) => {
    const text = plain[index] ?? "";
    if (index === 0 && RULE.test(text)) return;
    if (index < 2 && text.replace(HEAD, "") === headline.split(":")[0]) return;
    if (index > 0 && index === entries.length - 1 && text === headline.trim()) return;
    const kind = kindOf(text) === "library" ? "library" : earlier.has(index) ? "earlier" : "text";
    const last = parts.at(-1);
    if (last?.kind !== kind) parts.push(kind === "text" ? { kind, text: entry } : { kind, frames: [entry] });
    else if (last.kind === "text") parts[parts.length - 1] = { kind: "text", text: `${last.text}\n${entry}` };
    else parts[parts.length - 1] = { kind: last.kind, frames: [...last.frames, entry] };
  });
  return parts;
}

function kindOf(entry: string): "library" | "own" | "text" {
  if (LIBRARY.test(entry)) return "library";
  return OWN.test(entry) ? "own" : "text";
}

/** `NameError: name 'x' is not defined`: what an error is, in one line. */
export function headlineOf(ename: string, evalue: string): string {
  const name = ename === "" ? "Error" : ename;
  return evalue.trim() === "" ? name : `${name}: ${stripAnsi(evalue)}`;
}
