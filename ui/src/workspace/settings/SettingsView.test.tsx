import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { createPreferences } from "./preferences";
import type { KeyActions } from "./keyRow";
import { SettingsView } from "./SettingsView";
import { createStorage } from "./storage";

const NO_KEYS: KeyActions = {
  rows: () => [],
  conflicts: () => [],
  choose: () => undefined,
  clear: () => undefined,
  reset: () => undefined,
  resetAll: () => undefined,
  stroke: () => null,
  show: (keys) => keys,
};
const NOTICES = { on: true, set: () => undefined };

test("a theme that is chosen acts at once", async () => {
  const preferences = createPreferences(createStorage(() => null));
  const root = document.createElement("div");
  await act(() =>
    render(
      <SettingsView notices={NOTICES} keys={NO_KEYS} chooseLanguage={() => undefined} preferences={preferences} />,
      root,
    ),
  );
  const dark = [...root.querySelectorAll("label")]
    .find((label) => label.textContent === "Dark")
    ?.querySelector("input");
  await act(() => {
    dark!.checked = true;
    dark!.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(preferences.theme.value).toBe("dark");
});

test("whether to look for new versions can be chosen where the window can look", async () => {
  const chosen: boolean[] = [];
  const updates = { enabled: true, weekly: true, choose: (weekly: boolean) => void chosen.push(weekly) };
  const root = document.createElement("div");
  const preferences = createPreferences(createStorage(() => null));
  await act(() =>
    render(
      <SettingsView
        notices={NOTICES}
        keys={NO_KEYS}
        chooseLanguage={() => undefined}
        preferences={preferences}
        updates={updates}
      />,
      root,
    ),
  );
  const toggle = [...root.querySelectorAll("label")]
    .find((label) => label.textContent.includes("once a week"))
    ?.querySelector("input");
  await act(() => {
    toggle!.checked = false;
    toggle!.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(chosen).toEqual([false]);
});

test("where nobody can look, there is nothing to choose", async () => {
  const root = document.createElement("div");
  const preferences = createPreferences(createStorage(() => null));
  await act(() =>
    render(
      <SettingsView notices={NOTICES} keys={NO_KEYS} chooseLanguage={() => undefined} preferences={preferences} />,
      root,
    ),
  );
  expect(root.textContent).not.toContain("once a week");
});
