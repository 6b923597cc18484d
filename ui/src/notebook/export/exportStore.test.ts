import { expect, test } from "vitest";
import { ExportStore } from "./exportStore";

const until = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

test("it tells how far it is, and nothing when it is done", async () => {
  const store = new ExportStore();
  const seen: unknown[] = [];
  const made = await store.run(3, (told) => {
    seen.push(store.progress.value);
    told(2);
    seen.push(store.progress.value);
    return Promise.resolve("page");
  });
  expect([made, ...seen, store.progress.value]).toEqual(["page", { done: 0, all: 3 }, { done: 2, all: 3 }, null]);
});

test("one that is given up makes nothing", async () => {
  const store = new ExportStore();
  const made = store.run(3, (_, signal) => until(signal));
  store.cancel();
  expect([await made, store.progress.value]).toEqual([null, null]);
});

test("another one gives up the first", async () => {
  const store = new ExportStore();
  const first = store.run(3, (_, signal) => until(signal));
  expect(await store.run(1, () => Promise.resolve("second"))).toBe("second");
  expect(await first).toBeNull();
});

test("what goes wrong comes out", async () => {
  const store = new ExportStore();
  await expect(store.run(1, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(store.progress.value).toBeNull();
});
