/** The UI's composition root: it builds what the page is made of, ties it together, and shows it. */
import { render } from "preact";
import { version } from "../package.json";
import { App } from "./shell/App";
import type { Beginning } from "./shell/beginning";
import { documentFactory } from "./shell/documentFactory";
import { openDoor } from "./shell/door";
import { frontIsThere, whenShown } from "./shell/firstRequests";
import { listenToFailures, tellCrash } from "./shell/failures";
import { listenToDrops } from "./shell/dropping";
import { listenToKeys } from "./shell/keyListener";
import { createBridge } from "./shell/nativeBridge";
import { createServer } from "./shell/serverApi";
import { Shell } from "./shell/shell";
import { BROWSER_OWNED } from "./shell/shellCommands";
import { keptTabs } from "./shell/keptTabs";
import { hasUnsaved, tieToWindow } from "./shell/windowEffects";
import { createPreferences } from "./workspace/settings/preferences";

export async function main(root: HTMLElement, { asked, storage, memory, tabs, early }: Beginning): Promise<void> {
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const shell = new Shell({
    server: createServer(),
    factory: (made) => documentFactory(made, early),
    preferences: createPreferences(storage, memory ?? storage),
    storage,
    bridge: createBridge(window),
    mac,
    page: document,
    ownFolder: asked.window,
  });
  history.replaceState(history.state, "", asked.clean);
  const kept = keptTabs(tabs); // before the stores write their own
  tieToWindow(shell, window, tabs);
  listenToKeys({
    page: document,
    keymap: shell.keymap,
    commands: shell.commands,
    mac,
    left: (command) => !shell.bridge.isNative() && BROWSER_OWNED.has(command),
  });
  listenToFailures(shell, window);
  listenToDrops(shell, document);
  shell.updates.begin();
  void shell.files.show(asked.folder ?? kept.folder ?? "");
  shell.opening.restore([...kept.paths, ...asked.paths.filter((path) => path.endsWith(".ipynb"))]);
  void openAll(shell, asked.paths, kept.active).finally(() => early?.drop());
  if (early !== null) await frontIsThere(shell, window);
  render(<App shell={shell} version={version} />, root); // with what is being opened at the front
  whenShown(shell, window, () => {
    void tellCrash(shell);
    if (shell.opening.documents.peek().size === 0) void shell.running.refresh(); // else that follows the documents
  });
  openDoor(window, {
    run: (command) => shell.commands.run(command),
    open: (path) => shell.opening.open(path),
    hasUnsaved: () => hasUnsaved(shell),
    label: (name) => shell.setLabel(name),
  });
}

/** What the address asks for, the first of it at the front; without that, what was at the front before a reload. */
async function openAll(shell: Shell, asked: readonly string[], before: string | null): Promise<void> {
  const first = asked[0] ?? before;
  if (first != null) await shell.opening.open(first);
  const front = shell.tabs.active.value.id;
  for (const path of asked.slice(1).filter((other) => !other.endsWith(".ipynb"))) await shell.opening.open(path);
  shell.tabs.activate(front);
}
