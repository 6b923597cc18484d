import { expect, test } from "vitest";
import type { Kernelspecs } from "../api/kernelspecs";
import { KernelStore } from "./kernelStore";

const FOUND: Kernelspecs = {
  default: "python3",
  list: [{ name: "python3", displayName: "Python 3", language: "python", program: "python" }],
};

test("two who ask at the same time ask once", async () => {
  let asked = 0;
  const store = new KernelStore(() => {
    asked += 1;
    return Promise.resolve(FOUND);
  });
  await Promise.all([store.refresh(), store.refresh()]);
  expect([asked, store.found.value]).toEqual([1, { at: "ready", kernels: FOUND }]);
  await store.refresh();
  expect(asked).toBe(2);
});

test("a failure is a sentence, and the next try may succeed", async () => {
  const answers = [Promise.reject(new Error("The server does not answer.")), Promise.resolve(FOUND)];
  const store = new KernelStore(() => answers.shift()!);
  await store.refresh();
  expect(store.found.value).toEqual({ at: "failed", message: "The server does not answer." });
  await store.refresh();
  expect(store.found.value.at).toBe("ready");
});

test("what was found stays when the server cannot be asked again", async () => {
  const answers = [Promise.resolve(FOUND), Promise.reject(new Error("gone"))];
  const store = new KernelStore(() => answers.shift()!);
  await store.refresh();
  await store.refresh();
  expect(store.found.value).toEqual({ at: "ready", kernels: FOUND });
});
