import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPreferences, type Preferences } from "../workspace/settings/preferences";
import { createStorage } from "../workspace/settings/storage";
import type { RunEnd } from "./document";
import { createBridge } from "./nativeBridge";
import { RunNotices, sentence } from "./runNotices";

let shown: string[][];
let opened: string[];
let told: string[];
let preferences: Preferences;
let focused: boolean;
let answer: NotificationPermission;
let clicks: (() => void)[];

function notices(api?: Record<string, unknown>): RunNotices {
  const page = {
    document: { hasFocus: () => focused },
    addEventListener: () => undefined,
    focus: () => void opened.push("focus"),
    Notification: {},
    ...(api && { pywebview: { api } }),
  } as unknown as Window;
  return new RunNotices({
    preferences,
    bridge: createBridge(page),
    toasts: { show: (text) => void told.push(text) },
    page,
    open: (path) => void opened.push(path),
  });
}
const native = () => notices({ notify: (...values: string[]) => Promise.resolve(void shown.push(values)) });
const end = (seconds: number, more: Partial<RunEnd> = {}): RunEnd => ({ seconds, outcome: "done", error: "", ...more });

beforeEach(() => {
  [shown, opened, told, clicks] = [[], [], [], []];
  [focused, answer] = [false, "granted"];
  preferences = createPreferences(createStorage(() => null));
  vi.stubGlobal(
    "Notification",
    class {
      static permission = "granted";
      static requestPermission = () => Promise.resolve(answer);
      constructor(title: string, { body }: { body: string }) {
        shown.push([title, body]);
        clicks.push(() => (this as unknown as { onclick: () => void }).onclick());
      }
      close() {}
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

test("who is elsewhere hears of a long run, with its notebook, its end and its time", () => {
  native().ended("work/a.ipynb", end(12.3));
  native().ended("b.ipynb", end(75, { outcome: "failed", error: "NameError" }));
  expect(shown).toEqual([
    ["a.ipynb", "Done after 12 s", "work/a.ipynb"],
    ["b.ipynb", "Failed with NameError after 1 min 15 s", "b.ipynb"],
  ]);
});

test("nobody is told of a short run, or of one that was watched", () => {
  native().ended("a.ipynb", end(9.9));
  focused = true;
  native().ended("a.ipynb", end(100));
  expect(shown).toEqual([]);
  preferences.setNoticeAfter(5);
  focused = false;
  native().ended("a.ipynb", end(9.9));
  expect(shown.length).toBe(1);
});

test("one switch turns it off", async () => {
  await native().set(false);
  native().ended("a.ipynb", end(100));
  expect([shown, preferences.notices.value]).toEqual([[], false]);
});

test("a browser shows notices only when the user has switched them on and the browser may", async () => {
  const browser = notices();
  browser.ended("a.ipynb", end(100));
  expect([browser.on, shown]).toEqual([false, []]);
  answer = "denied";
  await browser.set(true);
  expect([browser.on, told.length]).toEqual([false, 1]);
  answer = "granted";
  await browser.set(true);
  browser.ended("work/a.ipynb", end(100));
  expect(shown).toEqual([["a.ipynb", "Done after 1 min 40 s"]]);
  clicks[0]?.();
  expect(opened).toEqual(["focus", "work/a.ipynb"]);
});

test("every end has its words", () => {
  const words = (["interrupted", "died", "failed"] as const).map((outcome) => sentence(end(20, { outcome })));
  expect(words).toEqual(["Interrupted after 20 s", "The kernel died after 20 s", "Failed after 20 s"]);
});
