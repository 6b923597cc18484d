import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { type FinishedStatus, type KernelStatus, NO_KERNEL } from "./documentMessages";
import { followKernel, RunHistory } from "./runHistory";

const order = () => signal<readonly string[]>(["a", "b", "c"]);

function ran(...runs: readonly (readonly [string, FinishedStatus])[]): RunHistory {
  const history = new RunHistory(order());
  for (const [cell, status] of runs) history.finished({ cell, status, seconds: 1 });
  return history;
}

test("cells that ran before one above them are out of order", () => {
  expect([...ran(["a", "ok"], ["b", "ok"], ["c", "ok"]).outOfOrder.value]).toEqual([]);
  expect([...ran(["b", "ok"], ["a", "ok"], ["c", "ok"]).outOfOrder.value]).toEqual(["b"]);
  expect([...ran(["b", "ok"], ["a", "ok"], ["b", "ok"]).outOfOrder.value]).toEqual([]);
});

test("what was passed over after an error says so until it runs", () => {
  const history = ran(["a", "error"], ["b", "skipped"], ["c", "aborted"]);
  expect([...history.skipped.value]).toEqual(["b", "c"]);
  history.finished({ cell: "b", status: "ok", seconds: 1 });
  expect([...history.skipped.value]).toEqual(["c"]);
});

test("a kernel that is restarted, dies or is another one leaves what it ran behind", () => {
  const one: KernelStatus = { ...NO_KERNEL, id: "one", state: "idle" };
  for (const next of [
    { ...one, state: "restarting" },
    { ...one, state: "dead" },
    { ...one, id: "two" },
  ] as const) {
    const kernel = signal<KernelStatus>(one);
    const history = new RunHistory(order());
    const stop = followKernel(history, kernel);
    history.finished({ cell: "a", status: "ok", seconds: 1 });
    kernel.value = { ...one, state: "busy" };
    expect([...history.old.value]).toEqual([]);
    kernel.value = next;
    expect([...history.old.value]).toEqual(["a"]);
    stop();
  }
});

test("the last error is the one that came last", () => {
  expect(ran(["c", "error"], ["a", "error"], ["b", "ok"]).lastFailed.value).toBe("a");
  expect(ran(["b", "ok"]).lastFailed.value).toBeNull();
});
