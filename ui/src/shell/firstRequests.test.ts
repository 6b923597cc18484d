import { type Signal, signal } from "@preact/signals";
import { beforeEach, expect, test, vi } from "vitest";
import { type DocumentStatus, NO_STATUS } from "./document";
import { fakeDocument, fakeShell } from "./fakeShell";
import { frontIsThere, tieKernels, whenShown } from "./firstRequests";
import type { Shell } from "./shell";

const READY: DocumentStatus = { ...NO_STATUS, save: { word: "saved", at: null, message: "" } };
let shell: Shell;
let status: Signal<DocumentStatus>;
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "requestAnimationFrame"] });
  asked = [];
  status = signal(NO_STATUS);
  const kernels = () => Promise.resolve([]).finally(() => asked.push("kernels"));
  shell = fakeShell(fakeDocument({ status }), { kernels });
  return () => vi.useRealTimers();
});

const later = () => asked.push("the rest");

test("the rest is asked for when the notebook at the front has been painted, once", async () => {
  const opening = shell.opening.open("a.ipynb");
  whenShown(shell, window, later);
  await opening;
  vi.advanceTimersByTime(100);
  expect(asked).toEqual([]);
  status.value = READY;
  vi.advanceTimersByTime(100);
  status.value = NO_STATUS;
  vi.advanceTimersByTime(5_000);
  expect(asked).toEqual(["the rest"]);
});

test("a notebook that does not come holds nothing up for long", async () => {
  const opening = shell.opening.open("a.ipynb");
  whenShown(shell, window, later);
  await opening;
  vi.advanceTimersByTime(5_000);
  expect(asked).toEqual(["the rest"]);
});

test("the window is drawn when the notebook at the front is there", async () => {
  const opening = shell.opening.open("a.ipynb");
  const there = frontIsThere(shell, window).then(() => asked.push("there"));
  await opening;
  expect(asked).toEqual([]);
  status.value = READY;
  await there;
  expect(asked).toEqual(["there"]);
});

test("it is drawn without a notebook that does not come soon", async () => {
  void shell.opening.open("a.ipynb");
  const there = frontIsThere(shell, window);
  vi.advanceTimersByTime(100);
  await there;
});

test("without a document it is asked for at once, unless nobody wants it any more", () => {
  const stop = whenShown(shell, window, later);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(asked).toEqual([]);
  whenShown(shell, window, later);
  vi.advanceTimersByTime(100);
  expect(asked).toEqual(["the rest"]);
});

test("kernels are asked for when the page that lists them is shown", async () => {
  const untie = tieKernels(shell);
  await shell.opening.open("a.ipynb"); // before the page has been drawn
  expect(asked).toEqual([]);
  shell.show("report");
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toEqual(["kernels"]);
  untie();
});

test("the welcome page lists them", async () => {
  const untie = tieKernels(shell);
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toEqual(["kernels"]);
  untie();
});
