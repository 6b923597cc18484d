import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Command } from "../design/command";
import type { OwnKeys } from "../workspace/settings/preferences";
import { KeySettings, withOwnKeys } from "./ownKeys";

const command = (id: string, keys: readonly string[], when?: "command" | "edit"): Command => ({
  id,
  title: id.toUpperCase(),
  category: "c",
  keys,
  ...(when !== undefined && { when }),
  enabled: () => true,
  run: () => undefined,
});
const COMMANDS = [
  command("run", ["Mod+Enter"]),
  command("delete", ["D D"], "command"),
  command("split", ["Mod+D", "Mod+Shift+-"], "edit"),
  command("open", ["Mod+O"]),
];

function settings(): { readonly keys: KeySettings; readonly now: () => Record<string, readonly string[]> } {
  const own = signal<OwnKeys>({});
  const keys = new KeySettings(
    () => COMMANDS,
    own,
    (value) => (own.value = value),
  );
  return { keys, now: () => Object.fromEntries(keys.rows.value.map((row) => [row.id, row.keys])) };
}

test("chosen keys stand in the place of those that commands bring", () => {
  const changed = withOwnKeys(COMMANDS, { run: ["F5"], open: [] });
  expect(changed.map((one) => one.keys)).toEqual([["F5"], ["D D"], ["Mod+D", "Mod+Shift+-"], []]);
});

test("keys collide where both act, also with the beginning of two", () => {
  const { keys } = settings();
  expect(keys.conflicts("open", "mod+enter")).toEqual(["RUN"]);
  expect(keys.conflicts("run", "D")).toEqual(["DELETE"]);
  expect(keys.conflicts("delete", "Mod+D")).toEqual([]);
  expect(keys.conflicts("open", "Mod+D")).toEqual(["SPLIT"]);
  expect(keys.conflicts("run", "Mod+Enter")).toEqual([]);
});

test("a choice takes the keys from the others, and can be taken back", () => {
  const { keys, now } = settings();
  keys.choose("open", "Mod+D");
  expect(now()).toMatchObject({ open: ["Mod+D"], split: ["Mod+Shift+-"] });
  expect(keys.rows.value.map((row) => row.isOwn)).toEqual([false, false, true, true]);
  keys.reset("split");
  keys.clear("open");
  expect(now()).toMatchObject({ open: [], split: ["Mod+D", "Mod+Shift+-"] });
  keys.resetAll();
  expect(now()).toMatchObject({ open: ["Mod+O"] });
});
