/**
 * The places that a line of a traceback names: a line of a file, or of a cell by its execution count. Ways of writing of
 * IPython (7 to 9), Python, Julia, JavaScript and R. Pure.
 */

export type TracePlace =
  /** `path` as the kernel says it: absolute, from `~`, or relative to the notebook's folder. */
  | { readonly kind: "file"; readonly path: string; readonly line: number }
  | { readonly kind: "cell"; readonly count: number; readonly line: number };

export interface NamedPlace {
  /** Offsets in the line. */
  readonly from: number;
  readonly to: number;
  readonly place: TracePlace;
}

const LONGEST = 2_000; // characters of a line that are looked at

const CELLS: readonly RegExp[] = [
  /\bCell In\s?\[(?<count>\d{1,9})\], line (?<line>\d{1,9})/g, // IPython 8 and 9
  /\bInput In \[(?<count>\d{1,9})\], in <cell line: (?<line>\d{1,9})>/g, // IPython 8.0
  /<ipython-input-(?<count>\d{1,9})-[0-9a-f]+>(?= in |", line)(?:", line (?<line>\d{1,9}))?/g, // IPython 7
  /(?<![\w/])(?:\.\/)?In\[(?<count>\d{1,9})\]:(?<line>\d{1,9})/g, // Julia
];
const FILES: readonly RegExp[] = [
  /File "(?<path>[^"<>\n]{1,500})", line (?<line>\d{1,9})/g, // Python
  /File (?<path>(?:~|\.{1,2}|[A-Za-z]:)?[\\/][^\n<>"]{1,500}?):(?<line>\d{1,9})(?=,|\s|$)/g, // IPython 8 and 9
  /(?<=\()(?<path>(?:[A-Za-z]:[\\/]|\/)[^()\n<>"]{1,500}?):(?<line>\d{1,9}):\d{1,9}(?=\))/g, // JavaScript
  /(?<=^|\s)(?<path>(?:~\/|\/|[A-Za-z]:[\\/])[^\s<>":]{1,500}\.(?:py|jl|[rR]|js|ts|rb)):(?<line>\d{1,9})\b/g, // Julia, pytest
  /(?<=^|\s)(?<path>(?:~\/|\/)[^\s<>":#]{1,500}\.[rR])#(?<line>\d{1,9})\b/g, // R
];
const NOBODYS = /[\\/]ipykernel_\d+[\\/]|^<|[\\/]<ipython-input/; // names of cells that look like files

/** In order, none within another. `line` without control sequences. */
export function placesIn(line: string): readonly NamedPlace[] {
  const text = line.slice(0, LONGEST);
  const found = [...CELLS.flatMap((way) => cells(text, way)), ...FILES.flatMap((way) => files(text, way))];
  found.sort((one, other) => one.from - other.from || other.to - one.to);
  return found.filter((one, at) => found.slice(0, at).every((before) => before.to <= one.from));
}

function cells(text: string, way: RegExp): NamedPlace[] {
  return [...text.matchAll(way)].map((found) => {
    const count = Number(found.groups?.["count"]);
    const line = Number(found.groups?.["line"] ?? 1);
    return { ...span(found), place: { kind: "cell", count, line } };
  });
}

function files(text: string, way: RegExp): NamedPlace[] {
  return [...text.matchAll(way)].flatMap((found) => {
    const { path = "", line = "1" } = found.groups ?? {};
    return NOBODYS.test(path) ? [] : [{ ...span(found), place: { kind: "file", path, line: Number(line) } as const }];
  });
}

function span(found: RegExpExecArray): { from: number; to: number } {
  return { from: found.index, to: found.index + found[0].length };
}
