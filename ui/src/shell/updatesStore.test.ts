import { expect, test } from "vitest";
import { AGAIN, FIRST, NOTHING, readTold, REST, UpdatesStore } from "./updatesStore";

const RELEASE = { version: "0.2.0", url: "https://a.example/d", notes: "https://a.example/n" };
const IDLE = { enabled: true, ask: false, look: "weekly", looking: false, found: null };

/** A window that answers what the test wants, and a clock that the test moves on. */
function world(...answers: unknown[]) {
  const wishes: string[] = [];
  const waits: { milliseconds: number; call: () => void }[] = [];
  const ask = (wish: string, value: string): Promise<unknown> => {
    wishes.push(`${wish} ${value}`.trim());
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const store = new UpdatesStore(ask, (milliseconds, call) => {
    waits.push({ milliseconds, call });
    return () => undefined;
  });
  const turn = async (): Promise<number> => {
    const next = waits.shift();
    next?.call();
    await new Promise((done) => setTimeout(done));
    return next?.milliseconds ?? 0;
  };
  return { store, wishes, waits, turn };
}

test("the window is asked a while after the page has begun, soon again while it looks, then every hour", async () => {
  const { store, wishes, turn } = world({ ...IDLE, looking: true }, { ...IDLE, found: RELEASE });
  store.begin();

  expect(wishes).toEqual([]);
  expect([await turn(), await turn(), await turn()]).toEqual([FIRST, AGAIN, REST]);
  expect(wishes).toHaveLength(3);
  expect(store.told.value.found).toEqual(RELEASE);
});

test("what the user chooses is said to the window, and followed up when it begins to look", async () => {
  const { store, wishes, waits } = world({ ...IDLE, looking: true });

  await store.choose(true);

  expect(wishes).toEqual(["look weekly"]);
  expect(store.told.value.weekly).toBe(true);
  expect(waits.map((wait) => wait.milliseconds)).toEqual([AGAIN]);
});

test("never is said to the window, and nothing follows", async () => {
  const { store, wishes, waits } = world({ ...IDLE, look: "never" });

  await store.choose(false);

  expect([wishes, waits]).toEqual([["look never"], []]);
});

test("a version that is skipped is named", async () => {
  const { store, wishes } = world(IDLE);

  await store.skip("0.2.0");

  expect(wishes).toEqual(["skip 0.2.0"]);
});

test("a notice that was put away stays away", () => {
  const { store } = world(IDLE);
  store.hide();
  expect(store.hidden.value).toBe(true);
});

test("in a browser, where nobody answers, there is nothing", async () => {
  const { store, turn } = world(undefined);
  store.begin();
  await turn();
  expect(store.told.value).toEqual(NOTHING);
});

test("a window that is going changes nothing", async () => {
  const { store, turn } = world(new Error("gone"));
  store.begin();
  expect([await turn(), await turn()]).toEqual([FIRST, REST]);
  expect(store.told.value).toEqual(NOTHING);
});

test("what makes no sense is nothing", () => {
  expect(readTold("0.2.0")).toEqual(NOTHING);
  expect(readTold({ enabled: true, found: { version: 2 } }).found).toBeNull();
  expect(readTold({ enabled: true, found: "0.2.0" }).found).toBeNull();
});
