import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import { Announcer } from "../design/announcer";
import { spokenStatus, tieAnnouncements } from "./announcements";
import { type DocumentStatus, NO_STATUS } from "./document";
import type { Shell } from "./shell";

const kernel = (word: NonNullable<DocumentStatus["kernel"]>["word"]): DocumentStatus => ({
  ...NO_STATUS,
  kernel: { name: "Python 3", word, message: "", since: null },
  save: { word: "saved", at: null, message: "" },
});

test("what happens all the time is not said", () => {
  expect([kernel("idle"), kernel("busy"), kernel("none"), NO_STATUS].map(spokenStatus)).toEqual(["", "", "", ""]);
});

test("what somebody should know of is said, each in its words", () => {
  expect(spokenStatus(kernel("input"))).toBe("Python 3 · Waiting for input");
  expect(spokenStatus({ ...kernel("idle"), save: { word: "failed", at: null, message: "No space." } })).toBe(
    "Save failed",
  );
  expect(spokenStatus({ ...kernel("idle"), connection: { word: "reconnecting", seconds: 3 } })).toMatch(/^Offline/);
});

test("the seconds to the next try are not said one by one", () => {
  const at = (seconds: number) => spokenStatus({ ...NO_STATUS, connection: { word: "reconnecting", seconds } });
  expect(at(3)).toBe(at(2));
});

test("states, messages and what a document says go through one voice", () => {
  vi.useFakeTimers();
  const announcer = new Announcer({ now: () => Date.now(), after: (wait, call) => setTimeout(call, wait) });
  const heard: string[] = [];
  announcer.heard.subscribe((text) => text !== "" && heard.push(text));
  announcer.alarm.subscribe((text) => text !== "" && heard.push(text));
  const status = signal<DocumentStatus>(NO_STATUS);
  const shown = signal<readonly { text: string; kind: string }[]>([]);
  const announced = signal({ text: "", isUrgent: false });
  const shell = { announcer, status, toasts: { shown }, activeDocument: signal({ announced }) };
  const stop = tieAnnouncements(shell as unknown as Shell);
  status.value = kernel("dead");
  vi.advanceTimersByTime(1_100);
  announced.value = { text: "Cell 1 finished", isUrgent: false };
  vi.advanceTimersByTime(1_100);
  shown.value = [{ text: "Saved as b.ipynb.", kind: "info" }];
  vi.advanceTimersByTime(1_100);
  stop();
  shown.value = [{ text: "too late", kind: "info" }];
  vi.advanceTimersByTime(1_100);
  expect(heard).toEqual(["Python 3 · Died", "Cell 1 finished", "Saved as b.ipynb."]);
});
