/** Where a text stops being JSON. The engines' own parsers know, but say it in different words or not at all. Pure. */

const SPACE = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex -- they are what JSON's texts may not hold
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

/** The offset of the first character that cannot stand where it does; null for JSON. */
export function jsonMistake(text: string): number | null {
  const end = value(text, skip(text, 0));
  if (end < 0) return -end - 1;
  const rest = skip(text, end);
  return rest < text.length ? rest : null;
}

/** Where a value that begins at `at` ends; a mistake at `n` is `-n - 1`. */
function value(text: string, at: number): number {
  const first = text.charAt(at);
  if (first === "{") return items(text, at, "}", member);
  if (first === "[") return items(text, at, "]", value);
  const end = first === '"' ? match(STRING, text, at) : match(SCALAR, text, at);
  return end < 0 ? wrong(at) : end;
}

function member(text: string, at: number): number {
  const name = match(STRING, text, at);
  if (name < 0) return wrong(at);
  const colon = skip(text, name);
  return text.charAt(colon) === ":" ? value(text, skip(text, colon + 1)) : wrong(colon);
}

function items(text: string, at: number, close: string, item: (text: string, at: number) => number): number {
  let here = skip(text, at + 1);
  if (text.charAt(here) === close) return here + 1;
  for (;;) {
    const end = item(text, here);
    if (end < 0) return end;
    here = skip(text, end);
    if (text.charAt(here) === close) return here + 1;
    if (text.charAt(here) !== ",") return wrong(here);
    here = skip(text, here + 1);
  }
}

function skip(text: string, at: number): number {
  return match(SPACE, text, at);
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function wrong(at: number): number {
  return -at - 1;
}
