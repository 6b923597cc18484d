import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LookAnswer, Looker, type LookRequest } from "./lookThread";
import { hitsIn } from "./query";

let requests: LookRequest[];
let heard: (answer: LookAnswer) => void;
let ended: number;

beforeEach(() => {
  vi.useFakeTimers();
  requests = [];
  ended = 0;
});
afterEach(() => void vi.useRealTimers());

const looker = (regex: RegExp): Looker =>
  new Looker(regex, 100, (hear) => {
    heard = hear;
    return { ask: (request) => void requests.push(request), end: () => void (ended += 1) };
  });
const answer = (count = Infinity): void => {
  const { source, flags, limit, texts } = requests[0]!;
  const asked = texts.slice(0, count);
  heard({ answers: asked.map(({ id, text }) => ({ id, hits: hitsIn(text, new RegExp(source, flags), limit, true) })) });
};

test("what is asked for together is looked for together, and answered each by itself", async () => {
  const look = looker(/a(\d)/gm);
  const [one, two] = [look.ask("a1 a2"), look.ask("b")];
  await vi.advanceTimersByTimeAsync(0);
  expect(requests).toHaveLength(1);
  answer();
  expect([await one, await two]).toEqual([
    [
      { from: 0, to: 2, found: ["a1", "1"] },
      { from: 3, to: 5, found: ["a2", "2"] },
    ],
    [],
  ]);
  expect(look.looking.value).toEqual({ at: "idle" });
});

test("it says how far it is, and goes on for as long as it comes on", async () => {
  const look = looker(/a/g);
  void Promise.all([look.ask("a"), look.ask("b"), look.ask("c")]);
  await vi.advanceTimersByTimeAsync(1_900);
  answer(1);
  expect(look.looking.value).toEqual({ at: "looking", done: 1, total: 3 });
  await vi.advanceTimersByTimeAsync(1_900);
  expect(look.looking.value.at).toBe("looking");
});

test("an expression that takes too long is given up, with its thread", async () => {
  const look = looker(/(a+)+$/g);
  const asked = look.ask("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
  await vi.advanceTimersByTimeAsync(2_001);
  expect([await asked, look.looking.value.at, ended]).toEqual([null, "tooLong", 1]);
  expect(await look.ask("a")).toBeNull();
});

test("what is cancelled ends at once", async () => {
  const look = looker(/a/g);
  const asked = look.ask("a");
  await vi.advanceTimersByTimeAsync(0);
  look.cancel();
  expect([await asked, look.looking.value.at, ended]).toEqual([null, "cancelled", 1]);
});
