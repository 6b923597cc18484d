import { expect, test } from "vitest";
import { type Command, CommandRegistry } from "./commands";
import { menuCommands, menuItems, menuTitles } from "./menuBar";

const SAVE: Command = {
  id: "document.save",
  title: "Save",
  category: "File",
  keys: ["Mod+S"],
  enabled: () => true,
  run: () => undefined,
};

function registry(commands: readonly Command[]): CommandRegistry {
  return new CommandRegistry({
    shell: () => commands,
    document: () => [],
    confirm: () => true,
    failed: () => undefined,
    used: [],
    remember: () => undefined,
  });
}

test("an entry shows the key of its command, and is off while there is none", () => {
  const items = menuItems(registry([SAVE]), false).filter((item) => item !== "separator");
  expect(items.find((item) => item.label === "Save")).toMatchObject({ key: "Ctrl+S", disabled: false });
  expect(items.find((item) => item.label === "Quit")).toMatchObject({ disabled: true });
});

test("the menu of a browser leaves out what notebooks have in their own bar", () => {
  const labels = menuItems(registry([]), false).map((item) => (item === "separator" ? "-" : item.label));
  expect(labels).toContain("Keyboard map");
  expect(labels).not.toContain("Interrupt");
  expect(labels.filter((label, at) => label === "-" && labels[at + 1] === "-")).toEqual([]);
});

test("no command stands in the menu bar twice", () => {
  expect(menuCommands().length).toBe(new Set(menuCommands()).size);
});

test("the window's own menus are named where the language is another than that of the file", () => {
  expect(menuTitles()).toEqual([]);
});
