import { expect, test } from "vitest";
import { type KernelFound, KernelsStore } from "./kernelsStore";

function kernel(displayName: string, isDefault = false): KernelFound {
  return { name: displayName.toLowerCase(), displayName, language: "python", isDefault, origin: "" };
}

test("the default kernel stands first, the others by name", async () => {
  const store = new KernelsStore(() => Promise.resolve([kernel("R"), kernel("Julia"), kernel("Python 3", true)]));
  await store.refresh();
  expect(store.found.value).toMatchObject({
    at: "ready",
    list: [{ displayName: "Python 3" }, { displayName: "Julia" }, { displayName: "R" }],
  });
});

test("a server that does not answer is said, and asking again mends it", async () => {
  let failing = true;
  const store = new KernelsStore(() => (failing ? Promise.reject(new Error("no answer")) : Promise.resolve([])));
  await store.refresh();
  expect(store.found.value).toEqual({ at: "failed", message: "no answer" });
  failing = false;
  await store.refresh();
  expect(store.found.value).toEqual({ at: "ready", list: [] });
});
