import { beforeEach, expect, test } from "vitest";
import type { RunStatus } from "./documentMessages";
import { RunWatch } from "./runWatch";

let now: number;
let watch: RunWatch;
const status = (running: string | null, ...queued: readonly string[]): RunStatus => ({
  running,
  queued,
  startedAt: null,
});

beforeEach(() => {
  now = 1_000;
  watch = new RunWatch(() => now);
});

test("a run of several cells ends when the last of them has finished, and lasts from the first", () => {
  expect(watch.run(status("a", "b"))).toBeNull();
  now = 9_000;
  expect(watch.run(status("b"))).toBeNull();
  expect(watch.finished("a", "ok", "")).toBeNull();
  now = 13_000;
  expect(watch.run(status(null))).toBeNull();
  expect(watch.finished("b", "ok", "")).toEqual({ seconds: 12, outcome: "done", error: "" });
});

test("a cell that finishes before the kernel is told idle ends the run then", () => {
  watch.run(status("a"));
  now = 2_500;
  expect(watch.finished("a", "ok", "")).toBeNull();
  expect(watch.run(status(null))).toEqual({ seconds: 1.5, outcome: "done", error: "" });
});

test("an error, with its name, is how the run ended; what was skipped behind it changes nothing", () => {
  watch.run(status("a", "b"));
  watch.finished("b", "skipped", "");
  watch.run(status(null));
  expect(watch.finished("a", "error", "NameError")).toMatchObject({ outcome: "failed", error: "NameError" });
});

test("the next run begins well", () => {
  watch.run(status("a"));
  watch.run(status(null));
  watch.finished("a", "error", "NameError");
  watch.run(status("a"));
  watch.run(status(null));
  expect(watch.finished("a", "ok", "")).toMatchObject({ outcome: "done", error: "" });
});

test.each(["interrupted", "died"] as const)("it may have %s", (outcome) => {
  watch.run(status("a"));
  watch.run(status(null));
  expect(watch.finished("a", outcome, "")).toMatchObject({ outcome });
});

test("what ended while nobody listened is no end of a run", () => {
  watch.run(status("a"));
  watch.reset();
  expect(watch.run(status(null))).toBeNull();
  expect(watch.finished("a", "ok", "")).toBeNull();
});
