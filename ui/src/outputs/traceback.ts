/** A traceback taken apart: frames of the user's own code stay, those of libraries are folded. Pure. */
import { stripAnsi } from "./ansi";

export type TracebackPart =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "library"; readonly frames: readonly string[] };

const LIBRARY =
  /^(?:File |\/|~|[A-Za-z]:\\|<frozen )[^\n]*?(?:site-packages|dist-packages|[\\/]lib(?:64)?[\\/]python\d|[\\/]Lib[\\/]|<frozen |[\\/]ipykernel_launcher)|^File [^\n:]+\.p(?:yx|xi|xd):\d/;
const RULE = /^-{20,}\s*$/;

/**
 * The entries as IPython sends them, one frame each. The rule of dashes at the beginning is left out, and so is the
 * last entry when it only repeats `headline`, which is shown above.
 */
export function tracebackParts(entries: readonly string[], headline: string): readonly TracebackPart[] {
  const parts: TracebackPart[] = [];
  entries.forEach((entry, index) => {
    const plain = stripAnsi(entry).trim();
    if (index === 0 && RULE.test(plain)) return;
    if (index > 0 && index === entries.length - 1 && plain === headline.trim()) return;
    const last = parts.at(-1);
    if (LIBRARY.test(plain)) {
      if (last?.kind === "library") parts[parts.length - 1] = { kind: "library", frames: [...last.frames, entry] };
      else parts.push({ kind: "library", frames: [entry] });
    } else if (last?.kind === "text") parts[parts.length - 1] = { kind: "text", text: `${last.text}\n${entry}` };
    else parts.push({ kind: "text", text: entry });
  });
  return parts;
}

/** `NameError: name 'x' is not defined`: what an error is, in one line. */
export function headlineOf(ename: string, evalue: string): string {
  const name = ename === "" ? "Error" : ename;
  return evalue.trim() === "" ? name : `${name}: ${stripAnsi(evalue)}`;
}
