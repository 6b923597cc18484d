import { render } from "preact";
import { afterEach, expect, test, vi } from "vitest";
import { UpdateNotice } from "./UpdateNotice";
import { UpdatesStore } from "./updatesStore";

const FOUND = { version: "0.2.0", url: "https://a.example/d", notes: "https://a.example/n" };
const root = document.createElement("div");
document.body.append(root);

afterEach(() => render(null, root));

/** The notice after the window has said something. */
async function shown(told: object) {
  const wishes: string[] = [];
  const opened: string[] = [];
  const ask = (wish: string, value: string): Promise<unknown> => {
    wishes.push(`${wish} ${value}`);
    return Promise.resolve({ enabled: true, ...told });
  };
  const store = new UpdatesStore(ask, () => () => undefined);
  await store.skip("");
  wishes.length = 0;
  render(<UpdateNotice store={store} openExternal={(url) => opened.push(url)} />, root);
  return { wishes, opened };
}

function press(name: string): void {
  const buttons = [...root.querySelectorAll("button")];
  const button = buttons.find((it) => (it.getAttribute("aria-label") ?? it.textContent) === name);
  if (button === undefined) throw new Error(`there is no button ${name}`);
  button.click();
}

test("without anything to say there is nothing", async () => {
  await shown({});
  expect(root.textContent).toBe("");
});

test("the question says that nothing is sent, and both answers go to the window", async () => {
  const { wishes } = await shown({ ask: true });
  expect(root.textContent).toContain("May Adrastea look for a new version");

  press("Look once a week");
  press("Never");

  expect(wishes).toEqual(["look weekly", "look never"]);
});

test("a new version is named; its pages open outside, and it can be skipped", async () => {
  const { wishes, opened } = await shown({ look: "weekly", found: FOUND });
  expect(root.textContent).toContain("Adrastea 0.2.0 is there");

  press("What is new");
  press("Open the download page");
  press("Skip this version");

  expect(opened).toEqual([FOUND.notes, FOUND.url]);
  expect(wishes).toEqual(["skip 0.2.0"]);
});

test("it can be put away", async () => {
  const { wishes } = await shown({ look: "weekly", found: FOUND });

  press("Not now");
  await vi.waitFor(() => expect(root.textContent).toBe(""));

  expect(wishes).toEqual([]);
});
