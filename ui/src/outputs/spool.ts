/**
 * Streams of which the middle is left out, and the file on the server that holds them whole. The text says which it is
 * (adrastea/documents/streams.py); the file is read page by page, for it may have gigabytes.
 */
import { sentenceOf } from "../i18n/sentenceOf";
import { fileSize } from "../i18n/size";
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Part } from "../wire/http";

const KEEP = 200_000; // characters at the beginning of such a text, at least
const MARK = /\n\[… ([0-9]{1,15}) characters left out(?:; the (whole|beginning) is kept as ([0-9a-f]{16}))? …\]\n/y;

export const PAGE_BYTES = 256 * 1024;
export const SLACK_BYTES = 16 * 1024; // within which a page looks for the end of its last line

export interface LeftOut {
  /** How many characters. */
  readonly characters: number;
  /** The file that holds them; null when there is none. */
  readonly id: string | null;
  /** Whether it holds everything, not only the beginning. */
  readonly whole: boolean;
}

/** What a stream's text says is missing in it; null when nothing is. */
export function leftOut(text: string): LeftOut | null {
  const at = text.indexOf("\n[… ", KEEP);
  if (at < 0) return null;
  MARK.lastIndex = at;
  const found = MARK.exec(text);
  if (found === null) return null;
  return { characters: Number(found[1]), id: found[3] ?? null, whole: found[2] === "whole" };
}

export function spoolAddress(id: string): string {
  return `api/adrastea/spool/${id}`;
}

/** Where page `page` begins, for reading: a byte before, which tells whether a line begins there. */
export function spanOf(page: number): { readonly start: number; readonly end: number } {
  return { start: Math.max(0, page * PAGE_BYTES - 1), end: (page + 1) * PAGE_BYTES + SLACK_BYTES };
}

/** The text of a page out of the bytes of its span. Pages begin and end with whole lines, where lines are not too long. */
export function textOf(bytes: Uint8Array, page: number): string {
  const from = page === 0 ? 0 : lineStart(bytes, 0);
  const to = lineStart(bytes, page === 0 ? PAGE_BYTES - 1 : PAGE_BYTES);
  return new TextDecoder().decode(bytes.subarray(from, to)).replace(/\r(?=\n)/g, "");
}

/** Where the first line begins behind the byte `at`; where none does soon, the first character. */
function lineStart(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(0x0a, at);
  if (end >= 0 && end < at + SLACK_BYTES) return end + 1;
  let start = at + 1;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1; // the rest of a character
  return start;
}

export type Page =
  | { readonly at: "loading" }
  | { readonly at: "ready"; readonly text: string }
  | { readonly at: "failed"; readonly message: string };

/** One reader of one file. */
export class SpoolReader {
  readonly #read: (start: number, end: number) => Promise<Part>;
  readonly #page = signal(0);
  readonly #shown = signal<Page>({ at: "loading" });
  readonly #total = signal(0);

  constructor(read: (start: number, end: number) => Promise<Part>) {
    this.#read = read;
  }

  /** Counted from 0. */
  get page(): ReadonlySignal<number> {
    return this.#page;
  }
  get shown(): ReadonlySignal<Page> {
    return this.#shown;
  }
  /** Bytes in all, as far as they are known. */
  get total(): ReadonlySignal<number> {
    return this.#total;
  }
  get pages(): number {
    return Math.max(1, Math.ceil(this.#total.value / PAGE_BYTES));
  }

  async go(page: number): Promise<void> {
    this.#page.value = page;
    const { start, end } = spanOf(page);
    try {
      const part = await this.#read(start, end);
      if (this.#page.value !== page) return; // another one is wanted by now
      this.#total.value = part.total;
      this.#shown.value = { at: "ready", text: textOf(part.bytes, page) };
    } catch (error) {
      this.#shown.value = { at: "failed", message: sentenceOf(error) };
    }
  }
}

/** A size as a person reads it: `980 bytes`, `12 KB`, `3.4 MB`, `1.0 GB`. */
export const showBytes = fileSize;
