/**
 * German for what the server says. Its sentences are English for every client; `server.json` has each with its German,
 * by the English with `{}` where a value stands: `build/server_sentences.py` reads those from the Python source, and a
 * test fails while one is missing. In the German, `{0}` is the first value as it is (a name, a number), `{0~}` is a
 * sentence itself, `{0?}` is a name or one of ours for something, and `{0!}` is in the words of somebody else: of the
 * system, of a kernel. Those are marked as foreign, as is a sentence that is not known here.
 */
import { foreign } from "../foreign";
import sentences from "./server.json";

interface Sentence {
  /** The English around the values. */
  readonly around: readonly string[];
  readonly german: string;
  /** Whether it stands by itself; else it is found in other sentences only. */
  readonly isWhole: boolean;
}

const VALUE = /\{(\d+)([~?!]?)\}/g;

/** Those with values, the most exact first: of two that fit, that with more words of its own. */
const withValues: readonly Sentence[] = Object.entries(sentences)
  .map(([english, german]) => ({
    around: english.split("{}"),
    german,
    isWhole: /\.( |$)/.test(english),
  }))
  .filter(({ around }) => around.length > 1)
  .sort((one, other) => length(other) - length(one));
const whole: ReadonlyMap<string, string> = new Map(Object.entries(sentences));

/** What the server has said, in German. */
export function inGerman(english: string): string {
  return english === "" ? "" : (known(english, false) ?? foreign(english));
}

function known(english: string, isPart: boolean): string | null {
  const same = english.includes("{}") ? undefined : whole.get(english);
  if (same !== undefined) return same;
  for (const { around, german, isWhole } of withValues) {
    if (!isWhole && !isPart) continue;
    const values = valuesIn(english, around);
    if (values !== null) return filled(german, values);
  }
  return null;
}

/** What stands in the places of the values; null where it is another sentence. */
function valuesIn(text: string, around: readonly string[]): readonly string[] | null {
  const [first = "", last = ""] = [around[0], around.at(-1)];
  const end = text.length - last.length;
  if (!text.startsWith(first) || end < first.length || !text.endsWith(last)) return null;
  const values: string[] = [];
  let from = first.length;
  for (const piece of around.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return null;
    values.push(text.slice(from, at));
    from = at + piece.length;
  }
  return [...values, text.slice(from, end)];
}

function filled(german: string, values: readonly string[]): string {
  return german.replaceAll(VALUE, (_place, number: string, kind: string) => {
    const value = values[Number(number)] ?? "";
    if (value === "" || kind === "") return value;
    if (kind === "?") return known(value, true) ?? value;
    return kind === "!" ? foreign(value) : part(value);
  });
}

/** A sentence in a sentence: perhaps with a comma before it, perhaps without its full stop. */
function part(english: string): string {
  const bare = english.replace(/^[,\s]+|[,\s]+$/g, "");
  const german = known(bare, true) ?? known(`${bare}.`, true)?.replace(/\.$/, "") ?? foreign(bare);
  return english.replace(bare, () => german);
}

function length({ around }: Sentence): number {
  return around.join("").length;
}
