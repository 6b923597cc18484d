import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TabBar, type TabLabel } from "./TabBar";

let root: HTMLElement;
let done: string[];

function tab(id: string, unsaved = false): TabLabel {
  return { id, title: `${id}.ipynb`, tooltip: `work/${id}.ipynb`, icon: "notebook", unsaved };
}

async function show(active: string): Promise<void> {
  await act(() => {
    render(
      <TabBar
        tabs={[tab("a"), tab("b", true), tab("c")]}
        active={active}
        activate={(id) => void done.push(`activate ${id}`)}
        enter={(id) => void done.push(`enter ${id}`)}
        close={(id) => void done.push(`close ${id}`)}
        newNotebook={() => void done.push("new")}
      />,
      root,
    );
  });
}

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  done = [];
});

afterEach(() => {
  render(null, root);
  root.remove();
});

const names = () => [...root.querySelectorAll<HTMLButtonElement>("li button:first-child")];
const press = (key: string) =>
  root.querySelector("[aria-current]")!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

test("the strip is one tab stop, at the active tab", async () => {
  await show("b");
  expect(names().map((name) => name.tabIndex)).toEqual([-1, 0, -1]);
});

test("arrows go along and round the end, Delete closes", async () => {
  await show("c");
  for (const key of ["ArrowRight", "ArrowLeft", "Delete"]) press(key);
  expect(done).toEqual(["activate a", "activate b", "close c"]);
});

test("a press on a tab goes into its document", async () => {
  await show("a");
  names()[1]!.click();
  expect(done).toEqual(["enter b"]);
});

test("the focus goes with the active tab while the strip has it", async () => {
  await show("a");
  names()[0]!.focus();
  await show("b");
  expect(document.activeElement).toBe(names()[1]);
});

test("the middle button closes, the others do not", async () => {
  await show("a");
  const item = root.querySelectorAll("li")[2]!;
  item.dispatchEvent(new MouseEvent("auxclick", { button: 2, bubbles: true }));
  item.dispatchEvent(new MouseEvent("auxclick", { button: 1, bubbles: true }));
  expect(done).toEqual(["close c"]);
});

test("what is not saved is said, not only drawn", async () => {
  await show("a");
  expect(names()[1]?.getAttribute("aria-label")).toBe("b.ipynb, unsaved");
});
