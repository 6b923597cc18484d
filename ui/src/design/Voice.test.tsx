import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test } from "vitest";
import { type Announcement, Announcer } from "./announcer";
import { Speaker, Spoken, Voice } from "./Voice";

let root: HTMLElement;
let wake: (() => void)[];
let announcer: Announcer;

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
  wake = [];
  announcer = new Announcer({ now: () => 0, after: (_, call) => void wake.push(call) });
});

const show = (said: string, isUrgent = false) =>
  act(() =>
    render(
      <Speaker.Provider value={announcer}>
        <Spoken isUrgent={isUrgent}>
          {said} <i aria-hidden="true">in 3 s</i> <button type="button">Retry</button>
        </Spoken>
        <Voice />
      </Speaker.Provider>,
      root,
    ),
  );
const hear = () => act(() => wake.splice(0).forEach((call) => call()));
const region = (role: string): string | undefined => root.querySelector(`[role=${role}]`)?.textContent;

test("what comes and what changes is said, without what readers do not see", async () => {
  await show("3 found");
  await hear();
  expect([region("status"), region("alert")]).toEqual(["3 found", ""]);
  await show("4 found");
  await hear();
  expect(region("status")).toBe("4 found");
});

test("what stays is said once", async () => {
  await show("3 found");
  await show("3 found");
  await hear();
  await show("3 found");
  expect(wake).toEqual([]);
});

test("what is urgent interrupts", async () => {
  await show("Not saved.", true);
  await hear();
  expect([region("status"), region("alert")]).toEqual(["", "Not saved."]);
});

test("without a voice it is shown all the same", async () => {
  const said: Announcement[] = [];
  await act(() => render(<Spoken>On paper</Spoken>, root));
  expect([root.textContent, said]).toEqual(["On paper", []]);
});
