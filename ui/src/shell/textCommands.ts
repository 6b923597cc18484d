/**
 * Editing text, for menus: in whatever has the focus. Keys do the same without us: an editor, a text field and a
 * notebook each know their own. So a command does what its key would do there.
 */
import type { Command } from "../design/command";
import { en } from "../i18n/en";

type Row = readonly [id: string, title: string, key: string, how: string];

const title = en.commands;
const ROWS: readonly Row[] = [
  ["edit.undo", title.undo, "Mod+Z", "undo"],
  ["edit.redo", title.redo, "Mod+Shift+Z", "redo"],
  ["edit.cut", title.cut, "Mod+X", "cut"],
  ["edit.copy", title.copy, "Mod+C", "copy"],
  ["edit.paste", title.paste, "Mod+V", "paste"],
  ["edit.select-all", title.selectAll, "Mod+A", "selectAll"],
];

export function textCommands(page: Document, mac: boolean): readonly Command[] {
  return ROWS.map(([id, title, nativeKey, how]) => ({
    id,
    title,
    category: en.categories.edit,
    nativeKey,
    enabled: () => true,
    run: async () => {
      if (!press(page, nativeKey, mac) && !execute(page, how) && how === "paste") {
        execute(page, "insertText", await page.defaultView?.navigator.clipboard.readText());
      }
    },
  }));
}

/** Has it done by the browser; tells whether it did. A page may not paste by itself, but may ask for what it would. */
function execute(page: Document, how: string, text?: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way
  return page.execCommand(how, false, text);
}

/** Presses a key where the focus is; tells whether something has taken it. What the browser itself does, it does not. */
function press(page: Document, keys: string, mac: boolean): boolean {
  const letter = keys.slice(-1);
  const event = new KeyboardEvent("keydown", {
    key: letter.toLowerCase(),
    code: `Key${letter}`,
    keyCode: letter.charCodeAt(0),
    ctrlKey: !mac,
    metaKey: mac,
    shiftKey: keys.includes("Shift"),
    bubbles: true,
    cancelable: true,
  });
  return !(page.activeElement ?? page.body).dispatchEvent(event);
}
