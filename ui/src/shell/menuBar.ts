/** The menu bar as data, for the menu that a browser shows in its place. The native window reads the same file. */
import menu from "../../public/menu.json";
import type { MenuItem } from "../design/Menu";
import type { CommandRegistry } from "./commands";
import { showKeys } from "./keys";

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
  const keys = commands.find(item.command)?.keys?.[0];
  return {
    label: item.title,
    disabled: !commands.canRun(item.command),
    ...(keys !== undefined && { key: showKeys(keys, mac) }),
    run: () => void commands.run(item.command),
  };
}

/** Every command that the menu bar names. */
export function menuCommands(): readonly string[] {
  return menu.flatMap((top) => top.items.flatMap((item) => (typeof item === "string" ? [] : [item.command])));
}
