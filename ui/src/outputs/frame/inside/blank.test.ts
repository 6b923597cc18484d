import { beforeEach, expect, test, vi } from "vitest";
import { watchBlank } from "./blank";

let told: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
});

function throwIn(error: unknown): void {
  window.dispatchEvent(new ErrorEvent("error", { error, message: String(error) }));
}

test("the first error of a script that has drawn nothing is told, once", () => {
  watchBlank(
    () => true,
    (error) => told.push(error),
  );
  const first = new Error("no such model");
  throwIn(first);
  throwIn(new Error("another"));
  vi.runAllTimers();
  expect(told).toEqual([first]);
});

test("a rejection that nobody heard is an error too", () => {
  watchBlank(
    () => true,
    (error) => told.push(error),
  );
  window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: "no" }));
  vi.runAllTimers();
  expect(told).toEqual(["no"]);
});

test("what has been drawn stays, and so does what the browser only remarks", () => {
  watchBlank(
    () => false,
    (error) => told.push(error),
  );
  throwIn(new Error("later"));
  watchBlank(
    () => true,
    (error) => told.push(`blank: ${String(error)}`),
  );
  throwIn("ResizeObserver loop completed with undelivered notifications.");
  vi.runAllTimers();
  expect(told).toEqual([]);
});
