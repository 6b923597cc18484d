/** The UI's composition root: it builds what the page is made of, ties it together, and shows it. */
import { render } from "preact";
import { version } from "../package.json";
import { readAddress } from "./shell/address";
import { App } from "./shell/App";
import { documentFactory } from "./shell/documentFactory";
import { openDoor } from "./shell/door";
import { listenToFailures, tellCrash } from "./shell/failures";
import { listenToDrops } from "./shell/dropping";
import { listenToKeys } from "./shell/keyListener";
import { createBridge } from "./shell/nativeBridge";
import { createServer } from "./shell/serverApi";
import { Shell } from "./shell/shell";
import { BROWSER_OWNED } from "./shell/shellCommands";
import { hasUnsaved, keptTabs, tieToWindow } from "./shell/windowEffects";
import { folderStorage } from "./workspace/settings/folderStorage";
import { createPreferences } from "./workspace/settings/preferences";
import { localStore, sessionStore } from "./workspace/settings/storage";

function main(root: HTMLElement): void {
  const storage = localStore();
  const asked = readAddress(location.href);
  const memory = asked.window === null ? null : folderStorage(storage, asked.window);
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const shell = new Shell({
    server: createServer(),
    factory: documentFactory,
    preferences: createPreferences(storage, memory ?? storage),
    storage,
    bridge: createBridge(window),
    mac,
    page: document,
    ownFolder: asked.window,
  });
  history.replaceState(history.state, "", asked.clean);
  const tabs = memory ?? sessionStore();
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
  render(<App shell={shell} version={version} />, root);
  shell.updates.begin();
  void tellCrash(shell);
  void shell.kernels.refresh();
  void shell.running.refresh();
  void shell.files.show(asked.folder ?? kept.folder ?? "");
  shell.opening.restore([...kept.paths, ...asked.paths.filter((path) => path.endsWith(".ipynb"))]);
  void openAll(shell, asked.paths, kept.active);
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

const root = document.getElementById("root");
if (root) main(root);
