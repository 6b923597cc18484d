import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Dialog } from "./Dialog";

let root: HTMLElement;
let done: string[];

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  done = [];
});

afterEach(() => {
  void act(() => render(null, root));
  root.remove();
});

function show(body = <p>They go to the trash.</p>): HTMLDialogElement {
  const dialog = (
    <Dialog
      title="Delete three files?"
      actions={[{ label: "Delete", kind: "danger", run: () => done.push("deleted") }]}
      onCancel={() => done.push("cancelled")}
    >
      {body}
    </Dialog>
  );
  void act(() => render(dialog, root));
  return root.querySelector("dialog")!;
}

test("it is modal, has its question as its name, and the focus on the safe choice", () => {
  const dialog = show();
  expect(dialog.open).toBe(true);
  expect(document.getElementById(dialog.getAttribute("aria-labelledby")!)?.textContent).toBe("Delete three files?");
  expect(document.activeElement?.textContent).toBe("Cancel");
});

test("a field that asks for the focus gets it", () => {
  show(<input autoFocus data-testid="name" />);
  expect(document.activeElement?.tagName).toBe("INPUT");
});

test("Escape cancels, and leaves it to its owner to take it away", () => {
  const event = new Event("cancel", { cancelable: true });
  show().dispatchEvent(event);
  expect([done, event.defaultPrevented]).toEqual([["cancelled"], true]);
});

test("the key Escape cancels once", () => {
  const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
  show().dispatchEvent(event);
  expect([done, event.defaultPrevented]).toEqual([["cancelled"], true]);
});

test("an action does what it says", () => {
  show();
  [...root.querySelectorAll("button")].find((button) => button.textContent === "Delete")!.click();
  expect(done).toEqual(["deleted"]);
});

test("keys do not reach what is behind it", () => {
  const heard: string[] = [];
  root.addEventListener("keydown", (event) => heard.push(event.key));
  show().dispatchEvent(new KeyboardEvent("keydown", { key: "d", bubbles: true }));
  expect(heard).toEqual([]);
});
