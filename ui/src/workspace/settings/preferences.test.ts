import { expect, test } from "vitest";
import { createPreferences } from "./preferences";
import { createStorage, type Storage } from "./storage";

function memory(entries: Record<string, unknown> = {}): Storage {
  const storage = createStorage(() => null);
  for (const [key, value] of Object.entries(entries)) storage.write(key, value);
  return storage;
}

test("what was chosen is there on the next visit", () => {
  const storage = memory();
  const first = createPreferences(storage);
  first.setTheme("dark");
  first.setSideWidth(300);
  first.setLetters(false);
  const second = createPreferences(storage);
  expect([second.theme.value, second.sideWidth.value, second.letters.value]).toEqual(["dark", 300, false]);
});

test("stored nonsense becomes the default", () => {
  const preferences = createPreferences(
    memory({ theme: "purple", zoom: "big", sideWidth: null, recent: [1, "a.ipynb"] }),
  );
  expect(preferences.theme.value).toBe("system");
  expect(preferences.zoom.value).toBe(100);
  expect(preferences.sideWidth.value).toBe(260);
  expect(preferences.recent.value).toEqual(["a.ipynb"]);
});

test("sizes stay within what can be used", () => {
  const preferences = createPreferences(memory());
  preferences.setSideWidth(5);
  preferences.setZoom(900);
  preferences.setInspectorWidth(9000.4);
  expect([preferences.sideWidth.value, preferences.zoom.value, preferences.inspectorWidth.value]).toEqual([
    180, 300, 480,
  ]);
});

test("a file opened again moves to the front of the recent ones and stands there once", () => {
  const preferences = createPreferences(memory());
  for (const path of ["a.ipynb", "b.ipynb", "a.ipynb"]) preferences.addRecent(path);
  expect(preferences.recent.value).toEqual(["a.ipynb", "b.ipynb"]);
});

test("at most twelve recent files are kept", () => {
  const preferences = createPreferences(memory());
  for (let number = 0; number < 20; number++) preferences.addRecent(`${number}.ipynb`);
  expect(preferences.recent.value).toHaveLength(12);
  expect(preferences.recent.value[0]).toBe("19.ipynb");
});

test("keys that were chosen are kept, and nonsense among them is left out", () => {
  const storage = memory({ keys: { run: ["F5", 3, ""], open: "no", close: [] } });
  const preferences = createPreferences(storage);
  expect(preferences.keys.value).toEqual({ run: ["F5"], close: [] });
  preferences.setKeys({ run: ["F6"] });
  expect(createPreferences(storage).keys.value).toEqual({ run: ["F6"] });
});
