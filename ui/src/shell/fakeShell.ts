/** For tests: a shell whose documents and server are made up, and that keeps nothing. */
import { signal } from "@preact/signals";
import { createPreferences } from "../workspace/settings/preferences";
import { createStorage } from "../workspace/settings/storage";
import { NO_STATUS, type OpenDocument } from "./document";
import { createBridge } from "./nativeBridge";
import type { ShellServer } from "./server";
import { Shell, type ShellParts } from "./shell";

/** A document that is saved and shows nothing, but for `parts`. */
export function fakeDocument(parts: Partial<OpenDocument> = {}): OpenDocument {
  return {
    unsaved: signal(false),
    wouldLose: signal(false),
    status: signal(NO_STATUS),
    commands: [],
    paper: null,
    drops: null,
    view: () => null,
    save: () => Promise.resolve(true),
    renamed: () => undefined,
    close: () => undefined,
    ...parts,
  };
}

export type FakeServer = { readonly [K in keyof ShellServer]?: Partial<ShellServer[K]> };

/** Everything that is opened is `made`; the server has nothing, but for `server`. */
export function fakeShell(
  made: OpenDocument | ((path: string) => OpenDocument),
  server: FakeServer = {},
  parts: Partial<ShellParts> = {},
): Shell {
  const storage = createStorage(() => null);
  const nothing = () => Promise.resolve([]);
  const open = (path: string) => Promise.resolve(typeof made === "function" ? made(path) : made);
  return new Shell({
    server: {
      files: { listFolder: nothing },
      running: { list: nothing },
      kernels: nothing,
      ...server,
    } as unknown as ShellServer,
    factory: () => ({ notebook: open, text: open }),
    preferences: createPreferences(storage),
    storage,
    bridge: createBridge(window),
    mac: false,
    page: document,
    ...parts,
  });
}
