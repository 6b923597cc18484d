/** The texts of a cell that are searched: its source, and what its outputs show. Pure; what was worked out is kept. */
import { stripAnsi } from "../../outputs/ansi";
import { choose } from "../../outputs/mimebundle";
import { headlineOf } from "../../outputs/traceback";
import type { Output } from "../../wire/outputs";
import { shownText } from "../../outputs/terminal";

const LONGEST_HTML = 2_000_000; // characters: longer HTML is not taken apart for its text
const kept = new WeakMap<Output, string>();

/** What an output says, as far as it is text; empty for images. Output values never change, so each is read once. */
export function textOfOutput(output: Output): string {
  const known = kept.get(output);
  if (known !== undefined) return known;
  const text = readOutput(output);
  kept.set(output, text);
  return text;
}

function readOutput(output: Output): string {
  switch (output.output_type) {
    case "stream":
      return stripAnsi(shownText(output.text));
    case "error": {
      const trace = stripAnsi(output.traceback.join("\n"));
      return trace === "" ? headlineOf(output.ename, output.evalue) : trace;
    }
    case "unknown":
      return "";
    default: {
      const choice = choose(output.data);
      if (choice.kind === "html") return textOfHtml(choice.html);
      if (choice.kind === "markdown" || choice.kind === "latex") return choice.source;
      if (choice.kind === "json") return JSON.stringify(choice.value);
      return choice.kind === "text" ? stripAnsi(choice.text) : "";
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: "\u00a0",
  "#39": "'",
};

/** The words between the tags. An approximation: nothing is laid out for it. */
function textOfHtml(html: string): string {
  if (html.length > LONGEST_HTML) return "";
  return html
    .replace(/<(script|style)\b[^]*?<\/\1\s*>/gi, " ")
    .replace(/<!--[^]*?-->/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] ?? "");
}
