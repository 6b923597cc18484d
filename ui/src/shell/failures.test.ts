import { beforeEach, expect, test } from "vitest";
import { ApiError } from "../wire/http";
import { isUnexpected, listenToFailures, tellCrash } from "./failures";
import { ReportStore } from "./reportStore";
import type { Shell } from "./shell";
import { ToastsStore } from "./toastsStore";

let ran: string[];
let shell: Shell;
let stop: () => void;

beforeEach(() => {
  ran = [];
  const parts = {
    toasts: new ToastsStore(() => () => undefined),
    report: new ReportStore(() => Promise.reject(new Error("not asked"))),
    commands: { run: (id: string) => Promise.resolve(ran.push(id) > 0) },
    server: { takeCrash: () => Promise.resolve(true) },
  };
  shell = parts as unknown as Shell; // what failures use of it
  stop = listenToFailures(shell, window);
  return () => stop();
});

const shown = () => shell.toasts.shown.value.map((toast) => toast.text);

function fail(error: unknown, filename = `${window.location.origin}/assets/a.js`): void {
  window.dispatchEvent(new ErrorEvent("error", { error, filename }));
}

function reject(reason: unknown): void {
  window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));
}

test("an error that nobody handles is told once, and its button leads to the report", () => {
  fail(new TypeError("a"));
  fail(new TypeError("b"));
  expect(shown()).toEqual(["Something went wrong."]);
  expect(shell.report.errors.value.length).toBe(2);
  shell.toasts.shown.value[0]?.action?.run();
  expect(ran).toEqual(["help.report"]);
});

test("a promise that fails by a fault is told, and one that was refused is not", () => {
  reject(new ApiError(404, "There is no such file."));
  reject(new DOMException("gone", "AbortError"));
  reject("text");
  expect(shown()).toEqual([]);
  reject(new ApiError(500, "Something went wrong in the server. Its log says more."));
  expect(shown()).toEqual(["Something went wrong."]);
});

test("what an extension does wrong is not ours", () => {
  fail(new TypeError("x"), "chrome-extension://abc/x.js");
  fail(null);
  expect(shown()).toEqual([]);
});

test("who has stopped listening tells nothing", () => {
  stop();
  fail(new TypeError("x"));
  expect(shown()).toEqual([]);
});

test("faults are told from refusals", () => {
  expect(isUnexpected(new ApiError(500, "x"))).toBe(true);
  expect(isUnexpected(new ApiError(0, "The server does not answer."))).toBe(false);
  expect(isUnexpected(new Error("There is a file of this name already."))).toBe(false);
  expect(isUnexpected(new RangeError("x"))).toBe(true);
});

test("a crash the last time is told with the way to the report", async () => {
  await tellCrash(shell);
  expect(shown()).toEqual(["Adrastea crashed the last time. Its log says more."]);
  expect(shell.toasts.shown.value[0]?.action?.label).toBe("Report…");
});
