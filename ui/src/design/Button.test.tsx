import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { Button, IconButton } from "./Button";

function show(vnode: Parameters<typeof render>[0]): HTMLButtonElement {
  const root = document.createElement("div");
  void act(() => render(vnode, root));
  return root.querySelector("button")!;
}

test("a button says what it does and never submits a form", () => {
  const button = show(<Button label="Run" icon="run" onClick={() => undefined} />);
  expect([button.textContent, button.type]).toEqual(["Run", "button"]);
  expect(button.querySelector("svg")?.getAttribute("aria-hidden")).toBe("true");
});

test("an icon has its words for readers and in its tooltip", () => {
  const button = show(<IconButton label="Run" icon="run" title="Run (Shift+Enter)" onClick={() => undefined} />);
  expect([button.getAttribute("aria-label"), button.title]).toEqual(["Run", "Run (Shift+Enter)"]);
  expect(show(<IconButton label="Run" icon="run" onClick={() => undefined} />).title).toBe("Run");
});

test("a toggle says whether it is on; what is no toggle says nothing", () => {
  expect(show(<Button label="Wrap" pressed={false} onClick={() => undefined} />).getAttribute("aria-pressed")).toBe(
    "false",
  );
  expect(show(<Button label="Wrap" onClick={() => undefined} />).hasAttribute("aria-pressed")).toBe(false);
});

test("one that can do nothing now can be reached, and tells why", () => {
  const button = show(
    <IconButton label="Run" icon="run" title="Run (R)" refusal="Offline." onClick={() => undefined} />,
  );
  expect([button.disabled, button.getAttribute("aria-disabled"), button.title]).toEqual([false, "true", "Offline."]);
  const other = show(<IconButton label="Run" icon="run" title="Run (R)" refusal="" onClick={() => undefined} />);
  expect([other.hasAttribute("aria-disabled"), other.title]).toEqual([false, "Run (R)"]);
});

test("one that is off does nothing", () => {
  let clicks = 0;
  const button = show(<Button label="Run" disabled onClick={() => clicks++} />);
  button.click();
  expect(clicks).toBe(0);
});
