// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { hearWindow, openDoor, type WindowDoor } from "./door";

function recording(): { said: string[]; door: WindowDoor } {
  const said: string[] = [];
  const door = {
    run: (command: string) => Promise.resolve(said.push(`run ${command}`) > 0),
    open: (path: string) => {
      said.push(`open ${path}`);
      return Promise.resolve();
    },
    hasUnsaved: () => true,
    label: (name: string | null) => void said.push(`label ${name}`),
  };
  return { said, door };
}

test("what the window says before the page is there, the page hears in order", async () => {
  const { said, door } = recording();
  hearWindow(window);
  window.adrastea?.label("x/data");
  const ran = window.adrastea?.run("file.save");
  void window.adrastea?.open("a.ipynb");
  expect(window.adrastea?.hasUnsaved()).toBe(false);
  openDoor(window, door);
  window.adrastea?.label(null);

  expect(await ran).toBe(true);
  expect(said).toEqual(["label x/data", "run file.save", "open a.ipynb", "label null"]);
  expect(window.adrastea?.hasUnsaved()).toBe(true);
});
