import { expect, test, vi } from "vitest";
import { Announcer } from "./announcer";

function announcer() {
  vi.useFakeTimers();
  const made = new Announcer({ now: () => Date.now(), after: (wait, call) => setTimeout(call, wait) });
  const heard: string[] = [];
  made.heard.subscribe((text) => text !== "" && heard.push(text));
  const alarms: string[] = [];
  made.alarm.subscribe((text) => text !== "" && alarms.push(text));
  const say = (text: string, isUrgent = false) => made.say({ text, isUrgent });
  return { say, heard, alarms };
}

test("what happens is said at once, and then once a second: the last of it", () => {
  const { say, heard } = announcer();
  say("one");
  vi.advanceTimersByTime(1);
  for (const text of ["two", "three", "four"]) say(text);
  vi.advanceTimersByTime(900);
  expect(heard).toEqual(["one"]);
  vi.advanceTimersByTime(200);
  expect(heard).toEqual(["one", "four"]);
});

test("what is urgent interrupts, and is not dropped", () => {
  const { say, heard, alarms } = announcer();
  say("Cell 2 finished with an error, NameError", true);
  say("Cell 3 finished");
  say("The kernel died", true);
  say("Cell 4 finished");
  vi.advanceTimersByTime(1);
  expect(alarms).toEqual(["Cell 2 finished with an error, NameError · The kernel died"]);
  expect(heard).toEqual(["Cell 4 finished"]);
});

test("the same sentence is said again", () => {
  const { say, heard } = announcer();
  say("Cell 1 finished");
  vi.advanceTimersByTime(1_001);
  say("Cell 1 finished");
  vi.advanceTimersByTime(1_001);
  expect(heard.map((text) => text.trim())).toEqual(["Cell 1 finished", "Cell 1 finished"]);
  expect(heard[0]).not.toBe(heard[1]);
});

test("nothing is not said", () => {
  const { say, heard } = announcer();
  say("");
  vi.runAllTimers();
  expect(heard).toEqual([]);
});
