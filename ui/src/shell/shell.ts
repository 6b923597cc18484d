/**
 * The window's parts, made once and tied together: stores, registry, keymap, opening. Views get it from `main.tsx`.
 *
 * Only this object and the stores in it change their signals.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { Announcer } from "../design/announcer";
import { en } from "../i18n/en";
import type { LanguageChoice } from "../i18n/language";
import { FilesStore } from "../workspace/files/filesStore";
import { folderOf } from "../workspace/paths";
import { RunningStore } from "../workspace/running/runningStore";
import type { Preferences } from "../workspace/settings/preferences";
import type { Storage } from "../workspace/settings/storage";
import { CommandRegistry } from "./commands";
import { mayRun } from "./confirmations";
import { DialogsStore } from "./dialogsStore";
import { type DocumentStatus, NO_STATUS, type OpenDocument } from "./document";
import { isUnexpected, reportAction } from "./failures";
import { KernelsStore } from "./kernelsStore";
import { bindingsOf, Keymap } from "./keymap";
import { isCharacter } from "./keys";
import { KeySettings } from "./ownKeys";
import { chooseLanguage } from "./languageChange";
import type { Bridge } from "./nativeBridge";
import { type DocumentFactory, Opening } from "./opening";
import { cycleRegion, refocusDocument } from "./regions";
import { ReportStore } from "./reportStore";
import type { ShellServer } from "./server";
import { Printing } from "../design/printing";
import { RunNotices } from "./runNotices";
import { shellCommands } from "./shellCommands";
import { TabsStore } from "./tabsStore";
import { textCommands } from "./textCommands";
import { ToastsStore } from "./toastsStore";
import { UpdatesStore } from "./updatesStore";

export type Panel = "files" | "running";
export type Layer =
  | { readonly at: "palette"; readonly initial: string }
  | { readonly at: "keyboard" }
  | { readonly at: "about" }
  | { readonly at: "report" }
  | { readonly at: "interpreter" }
  | { readonly at: "environment" }
  | { readonly at: "kernelHelp" };

export interface ShellParts {
  readonly server: ShellServer;
  readonly factory: (shell: Shell) => DocumentFactory;
  readonly preferences: Preferences;
  readonly storage: Storage;
  readonly bridge: Bridge;
  readonly mac: boolean;
  readonly page: Document;
  /** The folder that this window is the only one of, empty for none; `null` where others may show it too. */
  readonly ownFolder?: string | null;
}

export class Shell {
  readonly server: ShellServer;
  readonly preferences: Preferences;
  readonly bridge: Bridge;
  readonly mac: boolean;
  readonly ownFolder: string | null;
  readonly tabs = new TabsStore();
  readonly dialogs = new DialogsStore();
  readonly toasts = new ToastsStore(after);
  readonly updates: UpdatesStore;
  readonly files: FilesStore;
  readonly running: RunningStore;
  readonly kernels: KernelsStore;
  readonly report: ReportStore;
  readonly opening: Opening;
  readonly printing: Printing;
  readonly notices: RunNotices;
  /** The page's voice for readers. */
  readonly announcer = new Announcer({ now: () => performance.now(), after });
  readonly commands: CommandRegistry;
  readonly keymap: Keymap;
  readonly keySettings: KeySettings;
  readonly activeDocument: ReadonlySignal<OpenDocument | null>;
  readonly status: ReadonlySignal<DocumentStatus>;
  readonly #page: Document;
  readonly #panel = signal<Panel>("files");
  readonly #layer = signal<Layer | null>(null);
  readonly #isNarrow = signal(false);
  readonly #label = signal<string | null>(null);
  readonly #overlay = signal(false);

  constructor({ server, factory, preferences, storage, bridge, mac, page, ownFolder = null }: ShellParts) {
    this.server = server;
    this.preferences = preferences;
    this.bridge = bridge;
    this.updates = new UpdatesStore((wish, value) => bridge.updates(wish, value), after);
    this.mac = mac;
    this.#page = page;
    this.ownFolder = ownFolder;
    this.files = new FilesStore(server.files);
    this.running = new RunningStore(server.running);
    this.kernels = new KernelsStore(() => server.kernels());
    this.report = new ReportStore(() => server.report());
    this.opening = new Opening({
      tabs: this.tabs,
      server,
      factory: factory(this),
      dialogs: this.dialogs,
      showFolder: (folder) => this.showFolder(folder),
      opened: (path) => this.#opened(path),
      missing: (path) => preferences.forgetRecent(path),
      tell: (message) => this.toasts.show(message, "error"),
    });
    this.files.renamed = (from, to) => this.opening.renamed(from, to);
    this.activeDocument = computed(() => this.opening.documents.value.get(this.tabs.active.value.id) ?? null);
    const pageWindow = page.defaultView ?? window;
    this.notices = new RunNotices({
      preferences,
      bridge,
      toasts: this.toasts,
      page: pageWindow,
      open: (path) => void this.openAndEnter(path),
    });
    this.printing = new Printing(pageWindow, () => this.activeDocument.peek()?.paper ?? null);
    this.status = computed(() => this.activeDocument.value?.status.value ?? NO_STATUS);
    const own = [...shellCommands(this), ...textCommands(page, mac)];
    this.commands = new CommandRegistry({
      shell: () => own,
      document: () => this.activeDocument.value?.commands ?? [],
      ownKeys: () => preferences.keys.value,
      confirm: (command) => mayRun(command.id, this.status.value, this.dialogs),
      failed: (command, reason, error) => this.#failed(en.toasts.commandFailed(command.title, reason), error),
      used: readUsed(storage.read("usedCommands")),
      remember: (used) => storage.write("usedCommands", used),
    });
    const bindings = computed(() => {
      const all = bindingsOf(this.commands.all.value);
      return preferences.letters.value ? all : all.filter((binding) => !binding.strokes.some(isCharacter));
    });
    this.keySettings = new KeySettings(
      () => [...[...this.opening.documents.value.values()].flatMap((document) => document.commands), ...own],
      preferences.keys,
      (keys) => preferences.setKeys(keys),
    );
    this.keymap = new Keymap(() => bindings.value, mac);
  }

  get panel(): ReadonlySignal<Panel> {
    return this.#panel;
  }
  /** What lies over the window: the palette, the keyboard map, or nothing. */
  get layer(): ReadonlySignal<Layer | null> {
    return this.#layer;
  }
  /** Whether panels lie over the document, while they are asked for: in a narrow window, and in simple mode. */
  readonly narrow = computed(() => this.#isNarrow.value || this.preferences.simple.value);
  /** By which name this window is told apart from the others; `null` while it is the only one. */
  get label(): ReadonlySignal<string | null> {
    return this.#label;
  }
  get sideVisible(): boolean {
    return this.narrow.value ? this.#overlay.value : this.preferences.sideVisible.value;
  }

  setNarrow(narrow: boolean): void {
    this.#isNarrow.value = narrow;
    this.#overlay.value = false;
  }

  setLabel(label: string | null): void {
    this.#label.value = label;
  }

  setSideVisible(visible: boolean): void {
    if (this.narrow.value) this.#overlay.value = visible;
    else this.preferences.setSideVisible(visible);
  }

  toggleSide(): void {
    this.setSideVisible(!this.sideVisible);
  }

  /** Shows a panel, or hides the side when it is the one that is shown. */
  showPanel(panel: Panel): void {
    const same = this.#panel.value === panel && this.sideVisible;
    this.#panel.value = panel;
    this.setSideVisible(!same);
    if (same) return;
    if (panel === "running") void this.running.refresh();
    else void this.files.refresh();
  }

  showFolder(folder: string): void {
    this.#panel.value = "files";
    this.setSideVisible(true);
    void this.files.show(folder);
  }

  showPalette(initial: string): void {
    this.#layer.value = { at: "palette", initial };
  }

  show(layer: Exclude<Layer["at"], "palette">): void {
    this.#layer.value = { at: layer };
  }

  closeLayer(): void {
    this.#layer.value = null;
  }

  /** Brings a tab to the front and gives it the focus. */
  enterTab(id: string): void {
    this.tabs.activate(id);
    const now = this.#page.activeElement;
    if (now instanceof HTMLElement) now.blur();
    setTimeout(() => refocusDocument(this.#page)); // when it is on the screen
  }

  /** Opens what the user has picked, and goes into it. */
  async openAndEnter(path: string): Promise<void> {
    const before = this.tabs.active.value.id;
    await this.opening.open(path);
    const now = this.tabs.active.value;
    if (now.id !== before || ("path" in now.view && now.view.path === path)) this.enterTab(now.id);
  }

  chooseLanguage(choice: LanguageChoice): void {
    chooseLanguage(this.preferences, choice, this.#page.defaultView ?? window);
  }

  cycleRegion(direction: 1 | -1): void {
    cycleRegion(this.#page, direction);
  }

  async newNotebook(): Promise<void> {
    const path = await this.files.create("newNotebook");
    if (path === null) throw new Error(this.files.problem.value);
    await this.opening.open(path);
  }

  #failed(message: string, error: unknown): void {
    if (isUnexpected(error)) this.report.note(error);
    this.toasts.show(message, "error", isUnexpected(error) ? reportAction(this) : undefined);
  }

  #opened(path: string): void {
    this.preferences.addRecent(path);
    const { folder, entries, reading } = this.files;
    if (!reading.value && folder.value === folderOf(path) && !entries.value.some((entry) => entry.path === path))
      void this.files.refresh();
    if (this.narrow.value) this.#overlay.value = false;
  }
}

function readUsed(raw: unknown): readonly string[] {
  return Array.isArray(raw) ? raw.filter((id): id is string => typeof id === "string") : [];
}

function after(milliseconds: number, call: () => void): () => void {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
}
