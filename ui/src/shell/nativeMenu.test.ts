import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import { type Command, CommandRegistry } from "./commands";
import { tieNativeMenu } from "./nativeMenu";
import type { Shell } from "./shell";

test("the window hears titles, keys and what can be run, and again when that changes", async () => {
  const canSave = signal(false);
  const native = signal(false);
  const save: Command = {
    id: "document.save",
    title: "Save",
    category: "File",
    keys: ["S", "Mod+S"],
    enabled: () => canSave.value,
    run: () => undefined,
  };
  const paste: Command = {
    ...save,
    id: "edit.paste",
    title: "Paste",
    keys: [],
    nativeKey: "Mod+V",
    enabled: () => true,
  };
  const commands = new CommandRegistry({
    shell: () => [
      save,
      paste,
      { ...save, id: "notebook.paste-below", keys: ["Mod+V"] },
      { ...save, id: "nowhere.in-the-menu" },
    ],
    document: () => [],
    confirm: () => true,
    failed: () => undefined,
    used: [],
    remember: () => undefined,
  });
  const told: unknown[] = [];
  const bridge = { isNative: () => native.value, showMenu: (text: string) => told.push(JSON.parse(text)) };
  const untie = tieNativeMenu({ commands, bridge } as unknown as Shell);
  const saving = (enabled: boolean) => ({ command: "document.save", title: "Save", key: "Mod+S", enabled });
  const pasting = { command: "edit.paste", title: "Paste", key: "Mod+V", enabled: true };

  const twin = (enabled: boolean) => ({ ...saving(enabled), command: "notebook.paste-below", key: "" });

  expect(told).toEqual([]); // a browser
  native.value = true;
  await vi.waitFor(() => expect(told).toEqual([[saving(false), pasting, twin(false)]]));
  canSave.value = true;
  await vi.waitFor(() => expect(told[1]).toEqual([saving(true), pasting, twin(true)]));
  untie();
  canSave.value = false;
  expect(told).toHaveLength(2);
});
