import { expect, test } from "vitest";
import { leftOut, PAGE_BYTES, showBytes, spanOf, SpoolReader, textOf } from "./spool";

const HEAD = "x".repeat(200_000);
const ID = "0123456789abcdef";

/** A file on the server, and a reader of it. */
function reading(text: string): { readonly reader: SpoolReader; readonly page: (n: number) => Promise<string> } {
  const all = new TextEncoder().encode(text);
  const reader = new SpoolReader((start, end) =>
    Promise.resolve({ bytes: all.subarray(start, end), total: all.length }),
  );
  const page = async (n: number): Promise<string> => {
    await reader.go(n);
    const shown = reader.shown.value;
    return shown.at === "ready" ? shown.text : shown.at;
  };
  return { reader, page };
}

async function allPages(text: string): Promise<readonly string[]> {
  const { reader, page } = reading(text);
  const pages = [await page(0)];
  for (let n = 1; n < reader.pages; n++) pages.push(await page(n));
  return pages;
}

test("a text says what is left out of it, and where the whole is", () => {
  const text = (kept: string): string => `${HEAD}\n[… 70 characters left out${kept} …]\nend`;
  expect(leftOut(text(`; the whole is kept as ${ID}`))).toEqual({ characters: 70, id: ID, whole: true });
  expect(leftOut(text(`; the beginning is kept as ${ID}`))).toEqual({ characters: 70, id: ID, whole: false });
  expect(leftOut(text(""))).toEqual({ characters: 70, id: null, whole: false });
});

test("a short text that looks so is only text", () => {
  expect(leftOut(`\n[… 70 characters left out; the whole is kept as ${ID} …]\n`)).toBeNull();
  expect(leftOut(`${HEAD}\n[… many left out …]\n`)).toBeNull();
});

test("pages put together are the whole, and begin with whole lines", async () => {
  const text = Array.from({ length: 90_000 }, (_, n) => `line ${n} é\n`).join("");
  const pages = await allPages(text);
  expect(pages.length).toBe(Math.ceil(new TextEncoder().encode(text).length / PAGE_BYTES));
  expect(pages.join("")).toBe(text);
  expect(pages.every((page) => page.startsWith("line ") && page.endsWith("\n"))).toBe(true);
});

test("a line that has no end is cut between characters", async () => {
  const text = "😀".repeat(200_000);
  expect((await allPages(text)).join("")).toBe(text);
});

test("a file of exactly one page has one", async () => {
  const { reader, page } = reading("y".repeat(PAGE_BYTES - 1) + "\n");
  expect(await page(0)).toHaveLength(PAGE_BYTES);
  expect(reader.pages).toBe(1);
});

test("an answer that is overtaken is not shown", async () => {
  const answers: ((part: { bytes: Uint8Array; total: number }) => void)[] = [];
  const reader = new SpoolReader(() => new Promise((answer) => answers.push(answer)));
  const [first, second] = [reader.go(0), reader.go(1)];
  answers[1]?.({ bytes: new TextEncoder().encode("\nsecond"), total: 2 * PAGE_BYTES });
  answers[0]?.({ bytes: new TextEncoder().encode("first"), total: 2 * PAGE_BYTES });
  await Promise.all([first, second]);
  expect(reader.shown.value).toEqual({ at: "ready", text: "second" });
});

test("a file that is gone is said in the server's words", async () => {
  const reader = new SpoolReader(() => Promise.reject(new Error("It is gone.")));
  await reader.go(0);
  expect(reader.shown.value).toEqual({ at: "failed", message: "It is gone." });
});

test("a page is read with the byte before it and something behind it", () => {
  expect(spanOf(0).start).toBe(0);
  expect(spanOf(2).start).toBe(2 * PAGE_BYTES - 1);
  expect(textOf(new Uint8Array(), 0)).toBe("");
});

test("sizes are shown as people read them", () => {
  expect([12, 12_345, 3_400_000, 1_000_000_000].map(showBytes)).toEqual(["12 bytes", "12 KB", "3.4 MB", "1.0 GB"]);
});
