import { expect, test } from "vitest";
import { type Backing, createStorage } from "./storage";

function fakeBacking(): Backing & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

test("a value comes back as it was written", () => {
  const backing = fakeBacking();
  createStorage(() => backing).write("theme", { name: "dark" });
  expect(createStorage(() => backing).read("theme")).toEqual({ name: "dark" });
});

test("keys of other applications at the same origin are not touched", () => {
  const backing = fakeBacking();
  createStorage(() => backing).write("theme", "dark");
  expect([...backing.entries.keys()]).toEqual(["adrastea.theme"]);
});

test("a browser that refuses storage loses nothing while the page lives", () => {
  const storage = createStorage(() => {
    throw new DOMException("denied", "SecurityError");
  });
  storage.write("theme", "dark");
  expect(storage.read("theme")).toBe("dark");
  storage.write("theme", undefined);
  expect(storage.read("theme")).toBeNull();
});

test("no storage at all is the same as a refusing one", () => {
  const storage = createStorage(() => null);
  storage.write("side", 300);
  expect(storage.read("side")).toBe(300);
});

test("a full storage keeps the value in memory", () => {
  const backing = fakeBacking();
  const storage = createStorage(() => ({
    ...backing,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  }));
  storage.write("recent", ["a.ipynb"]);
  expect(storage.read("recent")).toEqual(["a.ipynb"]);
});

test("damaged entries read as nothing", () => {
  const backing = fakeBacking();
  backing.entries.set("adrastea.theme", "{");
  expect(createStorage(() => backing).read("theme")).toBeNull();
});

test("what another window writes is heard of", () => {
  const backing = fakeBacking();
  const storage = createStorage(() => backing, window);
  const seen: unknown[] = [];
  storage.follow("theme", () => seen.push(storage.read("theme")));
  createStorage(() => backing).write("theme", "dark");
  window.dispatchEvent(new StorageEvent("storage", { key: "adrastea.theme" }));
  window.dispatchEvent(new StorageEvent("storage", { key: "adrastea.zoom" }));
  expect(seen).toEqual(["dark"]);
});
