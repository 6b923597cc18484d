/**
 * Opening and closing: from a path to a tab with a document in it, and back.
 *
 * A path may be a notebook, another file, a folder (then the files panel shows it) or nothing at all (then a tab says
 * so and offers what can be done). A notebook that cannot be read becomes a text view with its error. Nothing that
 * would be lost is closed without a question.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { en } from "../i18n/en";
import { folderOf, nameOf, renamedPath, workspacePath } from "../workspace/paths";
import type { DialogsStore } from "./dialogsStore";
import type { OpenDocument } from "./document";
import { type Failure, failureOf, type ShellServer } from "./server";
import { pathOf, type Problem, type Tab, type TabId, type TabsStore, type TextError } from "./tabsStore";

/** What may go wrong with a notebook after its tab has opened. */
export type NotebookProblem = ({ readonly kind: "invalid" } & TextError) | ({ readonly kind: "unavailable" } & Problem);

/** Makes documents; each loads what it needs only then. */
export interface DocumentFactory {
  notebook(path: string, problem: (problem: NotebookProblem) => void): Promise<OpenDocument>;
  text(path: string, error: TextError | null): Promise<OpenDocument>;
}

export interface OpeningParts {
  readonly tabs: TabsStore;
  readonly server: ShellServer;
  readonly factory: DocumentFactory;
  readonly dialogs: DialogsStore;
  readonly showFolder: (folder: string) => void;
  readonly opened: (path: string) => void;
  readonly missing: (path: string) => void;
  readonly tell: (message: string) => void;
}

export class Opening {
  readonly #parts: OpeningParts;
  readonly #documents = signal<ReadonlyMap<TabId, OpenDocument>>(new Map());

  constructor(parts: OpeningParts) {
    this.#parts = parts;
  }

  /** The documents by their tabs. */
  get documents(): ReadonlySignal<ReadonlyMap<TabId, OpenDocument>> {
    return this.#documents;
  }

  /** Opens whatever lies at a path; a path of the system may begin with a slash. */
  async open(asked: string): Promise<void> {
    const path = workspacePath(asked);
    if (path === null) {
      this.#parts.tell(en.toasts.outside(asked));
      return;
    }
    const known = this.#parts.tabs.findPath(path);
    if (known !== undefined) this.#parts.tabs.activate(known.id);
    if (known !== undefined && known.view.kind !== "asleep") return;
    const isClosed = (): boolean => known !== undefined && this.#parts.tabs.find(known.id) === undefined;
    if (path.toLowerCase().endsWith(".ipynb")) return this.#openNotebook(path);
    try {
      const entry = await this.#parts.server.stat(path);
      if (isClosed()) return;
      if (entry.type === "directory") this.#showFolder(path);
      else if (entry.type === "notebook") await this.#openNotebook(path);
      else await this.openText(path, null);
    } catch (error) {
      if (!isClosed()) this.#unavailable(path, failureOf(error));
    }
  }

  /** Gives paths their tabs; each is loaded when it is looked at. */
  restore(paths: readonly string[]): void {
    for (const path of paths) {
      if (this.#parts.tabs.findPath(path) === undefined) this.#parts.tabs.add({ kind: "asleep", path });
    }
  }

  /** Shows a file as text, in the tab that it has, wherever that stands, or in a new one at the front. */
  async openText(path: string, error: TextError | null): Promise<void> {
    const tab = this.#tabOf(path);
    this.#drop(tab.id);
    this.#parts.tabs.replace(tab.id, { kind: "text", path, error });
    this.#parts.opened(path);
    await this.#keep(tab.id, this.#parts.factory.text(path, error));
  }

  /** Shows a part of a document in a tab of its own. */
  openPart(title: string, document: OpenDocument): void {
    const tab = this.#parts.tabs.add({ kind: "part", title });
    this.#documents.value = new Map(this.#documents.value).set(tab.id, document);
    this.#parts.tabs.activate(tab.id);
  }

  /** Opens again what could not be opened. */
  async retry(id: TabId): Promise<void> {
    const view = this.#parts.tabs.find(id)?.view;
    const path = view === undefined ? null : pathOf(view);
    if (path === null) return;
    this.#drop(id);
    this.#parts.tabs.close(id);
    await this.open(path);
  }

  /** Makes the notebook that is missing, and opens it. */
  async create(id: TabId, path: string): Promise<void> {
    try {
      await this.#parts.server.createNotebook(path);
    } catch (error) {
      this.#parts.tell(failureOf(error).message);
      return;
    }
    await this.retry(id);
  }

  /** Closes a tab, after a question where something would be lost; tells whether it was closed. */
  async close(id: TabId): Promise<boolean> {
    const document = this.#documents.value.get(id);
    const path = pathOf(this.#parts.tabs.find(id)?.view ?? { kind: "welcome" });
    if (document?.wouldLose.value === true && path !== null && !(await this.#mayClose(document, nameOf(path))))
      return false;
    this.#drop(id);
    this.#parts.tabs.close(id);
    return true;
  }

  /** Files and folders have got other paths: their tabs go along. */
  renamed(from: string, to: string): void {
    for (const tab of this.#parts.tabs.tabs.value) {
      const path = pathOf(tab.view);
      const now = path === null ? null : renamedPath(path, from, to);
      if (now === null || !("path" in tab.view)) continue;
      this.#parts.tabs.replace(tab.id, { ...tab.view, path: now });
      this.#documents.value.get(tab.id)?.renamed(now);
    }
  }

  #showFolder(path: string): void {
    const tab = this.#parts.tabs.findPath(path);
    if (tab !== undefined) this.#parts.tabs.close(tab.id);
    this.#parts.showFolder(path);
  }

  async #mayClose(document: OpenDocument, name: string): Promise<boolean> {
    const text = en.dialogs;
    const answer = await this.#parts.dialogs.ask(text.closeTitle(name), text.closeText, [
      { label: text.dontSave, value: "drop", kind: "danger" },
      { label: text.save, value: "save", kind: "primary" },
    ]);
    return answer === "drop" || (answer === "save" && (await document.save()));
  }

  async #openNotebook(path: string): Promise<void> {
    const tab = this.#tabOf(path);
    const problem = (found: NotebookProblem): void => {
      if (found.kind === "invalid") void this.openText(path, { message: found.message, line: found.line });
      else this.#unavailable(path, found);
    };
    this.#parts.opened(path);
    this.#parts.tabs.replace(tab.id, { kind: "notebook", path });
    await this.#keep(tab.id, this.#parts.factory.notebook(path, problem));
  }

  /** The user may have gone to another tab while it was asked what lies there. */
  #tabOf(path: string): Tab {
    return this.#parts.tabs.findPath(path) ?? this.#parts.tabs.open({ kind: "loading", path });
  }

  /** Keeps a document for its tab, unless that was closed or became something else meanwhile. */
  async #keep(id: TabId, made: Promise<OpenDocument>): Promise<void> {
    const wanted = this.#parts.tabs.find(id)?.view;
    try {
      const document = await made;
      if (wanted === undefined || this.#parts.tabs.find(id)?.view.kind !== wanted.kind) {
        document.close();
        return;
      }
      this.#documents.value = new Map(this.#documents.value).set(id, document);
    } catch (error) {
      if (wanted !== undefined && "path" in wanted) this.#unavailable(wanted.path, failureOf(error));
    }
  }

  #unavailable(path: string, failure: Failure): void {
    const view = { kind: "unavailable", path, problem: failure } as const;
    const known = this.#parts.tabs.findPath(path);
    if (failure.missing) this.#parts.missing(path);
    if (known === undefined) {
      this.#parts.tabs.open(view);
      return;
    }
    this.#drop(known.id);
    this.#parts.tabs.replace(known.id, view);
  }

  #drop(id: TabId): void {
    const document = this.#documents.value.get(id);
    if (document === undefined) return;
    const left = new Map(this.#documents.value);
    left.delete(id);
    this.#documents.value = left;
    document.close();
  }
}

/** The title of each tab: the file's name, with its folder where two files have the same name. */
export function tabTitles(paths: readonly string[]): readonly string[] {
  return paths.map((path) => {
    const name = nameOf(path);
    const twins = paths.filter((other) => nameOf(other) === name).length;
    const folder = nameOf(folderOf(path));
    return twins > 1 && folder !== "" ? `${name} — ${folder}` : name;
  });
}
