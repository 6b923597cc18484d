import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { createPreferences } from "./preferences";
import { SettingsView } from "./SettingsView";
import { createStorage } from "./storage";

test("a theme that is chosen acts at once", async () => {
  const preferences = createPreferences(createStorage(() => null));
  const root = document.createElement("div");
  await act(() => render(<SettingsView preferences={preferences} />, root));
  const dark = [...root.querySelectorAll("label")]
    .find((label) => label.textContent === "Dark")
    ?.querySelector("input");
  await act(() => {
    dark!.checked = true;
    dark!.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(preferences.theme.value).toBe("dark");
});
