/**
 * The menu bar as data: which commands stand where. Titles, keys and whether a command can run come from the registry;
 * the titles in the file are what the native window shows until the page has told it those (a test keeps them equal).
 */
import menu from "../../public/menu.json";
import { en } from "../i18n/en";
import type { MenuItem } from "../design/Menu";
import { isReady } from "../design/command";
import type { CommandRegistry } from "./commands";
import { isAccelerator, parseKeys, showKeys } from "./keys";

/** What is about a notebook stands in its own bar and in the palette; all in one menu would be longer than the window. */
const OF_NOTEBOOKS = ["notebook.", "kernel."];

/** The entries of the window's own menus under one another, with the keys that the commands really have. */
export function menuItems(commands: CommandRegistry, mac: boolean): readonly (MenuItem | "separator")[] {
  const tops = menu.filter((top) => !top.items.some((item) => isOfNotebooks(item)));
  return tops.flatMap((top, at) => [
    ...(at > 0 ? (["separator"] as const) : []),
    ...top.items.filter((item) => typeof item !== "string").map((item) => menuItem(item, commands, mac)),
  ]);
}

function isOfNotebooks(item: string | { command: string }): boolean {
  return typeof item !== "string" && OF_NOTEBOOKS.some((prefix) => item.command.startsWith(prefix));
}

function menuItem(item: { command: string; title: string }, commands: CommandRegistry, mac: boolean): MenuItem {
  const command = commands.find(item.command);
  const keys = command?.keys?.[0];
  return {
    label: command?.title ?? item.title,
    disabled: !commands.canRun(item.command),
    refusal: command?.refusal?.() ?? "",
    ...(keys !== undefined && { key: showKeys(keys, mac) }),
    run: () => void commands.run(item.command),
  };
}

/** What the native window shows of a command. */
export interface MenuEntry {
  readonly command: string;
  readonly title: string;
  /** One stroke with a modifier, as the registry writes it; empty for none: menus show no others. */
  readonly key: string;
  readonly enabled: boolean;
}

/** The entry of a command; `null` while there is no such command. */
export function entryOf(commands: CommandRegistry, id: string): MenuEntry | null {
  const command = commands.find(id);
  if (command === undefined) return null;
  const keys = command.keys?.filter(isShown) ?? [];
  const key = command.nativeKey ?? keys.find((one) => one.startsWith("Mod+")) ?? keys[0] ?? "";
  return { command: id, title: command.title, key, enabled: isReady(command) };
}

function isShown(keys: string): boolean {
  const strokes = parseKeys(keys);
  const [first = ""] = strokes;
  return strokes.length === 1 && (isAccelerator(first) || first === "Shift+Enter");
}

/** What the menus themselves are called, where that is another word than the one in the file. */
export function menuTitles(): readonly MenuEntry[] {
  const titles: Readonly<Record<string, string>> = en.menus;
  return menu.flatMap(({ title: name }) => {
    const title = titles[name] ?? name;
    return title === name ? [] : [{ command: `menu.${name}`, title, key: "", enabled: true }];
  });
}

/** Every command that the menu bar names. */
export function menuCommands(): readonly string[] {
  return menu.flatMap((top) => top.items.flatMap((item) => (typeof item === "string" ? [] : [item.command])));
}
