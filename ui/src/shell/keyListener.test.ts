import { afterEach, beforeEach, expect, test } from "vitest";
import type { Command } from "../design/command";
import { CommandRegistry } from "./commands";
import { listenToKeys } from "./keyListener";
import { bindingsOf, Keymap } from "./keymap";

let ran: string[];
let stop: () => void;

function command(id: string, keys: readonly string[], enabled = true): Command {
  return { id, title: id, category: "Test", keys, enabled: () => enabled, run: () => void ran.push(id) };
}

const COMMANDS = [
  command("document.save", ["Mod+S"]),
  command("view.zoom-in", ["Mod+="]),
  command("document.reload", ["Mod+R"], false),
  command("notebook.edit-mode", ["Enter"], false),
];

function press(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): boolean {
  return target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
}

beforeEach(() => {
  ran = [];
  document.body.innerHTML = "";
  const commands = new CommandRegistry({
    shell: () => COMMANDS,
    document: () => [],
    confirm: () => true,
    failed: () => undefined,
    used: [],
    remember: () => undefined,
  });
  const keymap = new Keymap(() => bindingsOf(COMMANDS), false);
  stop = listenToKeys({ page: document, keymap, commands, mac: false, left: (id) => id === "view.zoom-in" });
});

afterEach(() => stop());

test("a bound key runs its command and the browser does not hear of it", () => {
  expect(press("s", { ctrlKey: true })).toBe(false);
  expect(ran).toEqual(["document.save"]);
});

test("an unbound key and one that is left to the browser go on", () => {
  expect(press("y", { ctrlKey: true })).toBe(true);
  expect(press("=", { ctrlKey: true })).toBe(true);
  expect(ran).toEqual([]);
});

test("a command that cannot run keeps its accelerator from the browser, and passes plain keys on", () => {
  expect(press("r", { ctrlKey: true })).toBe(false);
  expect(press("Enter")).toBe(true);
  expect(ran).toEqual([]);
});

test("while a dialog is open no key acts", () => {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("open", "");
  document.body.append(dialog);
  expect(press("s", { ctrlKey: true })).toBe(true);
  expect(ran).toEqual([]);
});

test("what another handler has taken is not taken again", () => {
  const event = new KeyboardEvent("keydown", { key: "s", ctrlKey: true, bubbles: true, cancelable: true });
  event.preventDefault();
  document.body.dispatchEvent(event);
  expect(ran).toEqual([]);
});
