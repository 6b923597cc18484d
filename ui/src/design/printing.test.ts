import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Paper } from "./paper";
import { Printing } from "./printing";

let done: string[];
let paper: Paper | null;
let printing: Printing;
let stop: () => void;

const sheets = (): NodeListOf<Element> => document.querySelectorAll(".paper-sheet");
const isPaper = (): boolean => "paper" in document.documentElement.dataset;
const tell = (name: string): boolean => window.dispatchEvent(new Event(name));

beforeEach(() => {
  done = [];
  paper = {
    prepare: () => Promise.resolve(void done.push("prepared")),
    draw: (sheet) => {
      done.push("drawn");
      sheet.textContent = "all of it";
    },
    clear: () => void done.push("cleared"),
  };
  vi.stubGlobal("print", () => void done.push(`printed ${sheets()[0]?.textContent ?? "nothing"}`));
  printing = new Printing(window, () => paper);
  stop = printing.listen();
});

afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("the sheet is drawn when all is there, and stays while it is printed", async () => {
  await printing.print();
  tell("beforeprint");
  expect([done, sheets().length, isPaper()]).toEqual([["prepared", "drawn", "printed all of it"], 1, true]);
  tell("afterprint");
  expect([done.at(-1), sheets().length, isPaper()]).toEqual(["cleared", 0, false]);
});

test("who prints by the browser's own key gets a sheet too", () => {
  tell("beforeprint");
  expect([done, sheets().length]).toEqual([["drawn"], 1]);
  tell("afterprint");
  expect(sheets().length).toBe(0);
});

test("where there is no document the page is printed as it is", async () => {
  paper = null;
  await printing.print();
  expect([done, isPaper()]).toEqual([["printed nothing"], false]);
});

test("a sheet that was left over makes room for the next one", async () => {
  await printing.print();
  await printing.print();
  expect(sheets().length).toBe(1);
});

test("images that are far down are fetched before", async () => {
  const decoded: string[] = [];
  vi.spyOn(HTMLImageElement.prototype, "decode").mockImplementation(function (this: HTMLImageElement) {
    decoded.push(this.loading);
    return Promise.reject(new Error("broken"));
  });
  paper = { ...paper!, draw: (sheet) => void (sheet.innerHTML = "<img loading=lazy><img loading=lazy>") };
  await printing.print();
  expect([decoded, done.at(-1)]).toEqual([["eager", "eager"], "printed "]);
});
