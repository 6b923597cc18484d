/**
 * The files panel's state: which folder is shown, what lies in it, which row is the current one, what is being renamed.
 *
 * While a folder is read again, the old rows stay. Answers that come too late, for a folder that has been left, are
 * dropped. Nothing here throws: what fails is a sentence in `problem`.
 */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { sentenceOf } from "../../i18n/sentenceOf";
import { workspaceText } from "../../i18n/workspace";
import { folderOf, joinPath, nameOf } from "../paths";

export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  readonly type: "directory" | "notebook" | "file";
}

/** What the panel needs of the server. */
export interface FilesApi {
  listFolder(folder: string): Promise<readonly FolderEntry[]>;
  newNotebook(folder: string): Promise<FolderEntry>;
  newFolder(folder: string): Promise<FolderEntry>;
  newFile(folder: string): Promise<FolderEntry>;
  duplicate(path: string): Promise<FolderEntry>;
  rename(path: string, to: string): Promise<FolderEntry>;
  trash(path: string): Promise<void>;
}

export type Listing =
  | { readonly at: "loading" }
  | { readonly at: "ready"; readonly entries: readonly FolderEntry[] }
  | { readonly at: "failed"; readonly message: string };

export class FilesStore {
  readonly #api: FilesApi;
  readonly #folder = signal("");
  readonly #listing = signal<Listing>({ at: "loading" });
  readonly #current = signal<string | null>(null);
  readonly #renaming = signal<string | null>(null);
  readonly #problem = signal("");
  readonly #reading = signal(false);
  #wanted = "";
  #asked = 0;

  /** Rows in the order in which they are shown. */
  readonly entries: ReadonlySignal<readonly FolderEntry[]>;
  /** Told after a file or folder has got another path. */
  renamed: (from: string, to: string) => void = () => undefined;

  constructor(api: FilesApi) {
    this.#api = api;
    this.entries = computed(() => (this.#listing.value.at === "ready" ? this.#listing.value.entries : []));
  }

  get folder(): ReadonlySignal<string> {
    return this.#folder;
  }
  /** Whether a folder is being read. */
  get reading(): ReadonlySignal<boolean> {
    return this.#reading;
  }
  get listing(): ReadonlySignal<Listing> {
    return this.#listing;
  }
  /** The path of the row that has the focus when the list has it. */
  get current(): ReadonlySignal<string | null> {
    return this.#current;
  }
  get renaming(): ReadonlySignal<string | null> {
    return this.#renaming;
  }
  /** Why the last action failed, or empty. */
  get problem(): ReadonlySignal<string> {
    return this.#problem;
  }

  /** Shows a folder; `current` becomes the row at that path when it is there. The old rows stay until it is read. */
  async show(folder: string, current: string | null = null): Promise<void> {
    this.#renaming.value = null;
    this.#problem.value = "";
    await this.#read(folder, current);
  }

  /** Reads the folder again. */
  async refresh(): Promise<void> {
    await this.#read(this.#wanted, null);
  }

  async #read(folder: string, current: string | null): Promise<void> {
    const asked = ++this.#asked;
    this.#wanted = folder;
    this.#reading.value = true;
    const listing = await this.#api.listFolder(folder).then(
      (entries): Listing => ({ at: "ready", entries: inOrder(entries) }),
      (error: unknown): Listing => ({ at: "failed", message: sentenceOf(error) }),
    );
    if (asked !== this.#asked) return;
    batch(() => {
      this.#reading.value = false;
      this.#folder.value = folder;
      this.#listing.value = listing;
      if (current !== null) this.#current.value = current;
      if (listing.at === "ready") this.#keepCurrent(listing.entries);
    });
  }

  /** Goes to the folder above; the one that was left becomes the current row. */
  async up(): Promise<void> {
    const left = this.#wanted;
    if (left !== "") await this.show(folderOf(left), left);
  }

  setCurrent(path: string): void {
    this.#current.value = path;
  }

  /** Moves the current row by some rows, stopping at the ends. */
  step(rows: number): void {
    const entries = this.entries.value;
    const at = entries.findIndex((entry) => entry.path === this.#current.value);
    const next = entries[Math.min(entries.length - 1, Math.max(0, (at < 0 ? 0 : at) + rows))];
    if (next !== undefined) this.#current.value = next.path;
  }

  startRename(path: string): void {
    this.#problem.value = "";
    this.#renaming.value = path;
  }

  cancelRename(): void {
    this.#renaming.value = null;
    this.#problem.value = "";
  }

  /** Gives the file another name in its folder; the field stays open while the name cannot be. */
  async rename(path: string, name: string): Promise<void> {
    const wanted = name.trim();
    if (wanted === nameOf(path)) {
      this.cancelRename();
      return;
    }
    const others = this.entries.value.filter((entry) => entry.path !== path);
    this.#problem.value = nameProblem(wanted, others);
    if (this.#problem.value !== "") return;
    const to = joinPath(folderOf(path), wanted);
    await this.#change(async () => {
      await this.#api.rename(path, to);
      this.#renaming.value = null;
      this.#current.value = to;
      this.renamed(path, to);
    });
  }

  /** Makes something new in the folder and gives back its path; `null` when that failed. */
  async create(kind: "newNotebook" | "newFolder" | "newFile"): Promise<string | null> {
    return this.#change(async () => (this.#current.value = (await this.#api[kind](this.#folder.value)).path));
  }

  async duplicate(path: string): Promise<string | null> {
    return this.#change(async () => (this.#current.value = (await this.#api.duplicate(path)).path));
  }

  /** Moves to the trash; the row below becomes the current one. */
  async trash(path: string): Promise<boolean> {
    const entries = this.entries.value;
    const at = entries.findIndex((entry) => entry.path === path);
    const done = await this.#change(async () => {
      await this.#api.trash(path);
      this.#current.value = (entries[at + 1] ?? entries[at - 1])?.path ?? null;
      return true;
    });
    return done ?? false;
  }

  async #change<T>(change: () => Promise<T>): Promise<T | null> {
    this.#problem.value = "";
    try {
      const done = await change();
      await this.refresh();
      return done;
    } catch (error) {
      this.#problem.value = sentenceOf(error);
      return null;
    }
  }

  #keepCurrent(entries: readonly FolderEntry[]): void {
    if (entries.some((entry) => entry.path === this.#current.value)) return;
    this.#current.value = entries[0]?.path ?? null;
  }
}

const ORDER = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Folders first, then by name as a person counts: `part 2` before `part 10`. */
export function inOrder(entries: readonly FolderEntry[]): readonly FolderEntry[] {
  const rank = (entry: FolderEntry): number => (entry.type === "directory" ? 0 : 1);
  return [...entries].sort((a, b) => rank(a) - rank(b) || ORDER.compare(a.name, b.name));
}

/** The next row whose name begins so, from the one after `from` and round the end. */
export function typeAhead(entries: readonly FolderEntry[], from: number, typed: string): FolderEntry | undefined {
  const start = typed.length > 1 ? from : from + 1;
  const turned = [...entries.slice(start), ...entries.slice(0, start)];
  return turned.find((entry) => entry.name.toLowerCase().startsWith(typed.toLowerCase()));
}

function nameProblem(name: string, others: readonly FolderEntry[]): string {
  const text = workspaceText.files;
  if (name === "") return text.emptyName;
  if (name.includes("/")) return text.slashInName;
  if (name === "." || name === "..") return text.dots;
  return others.some((entry) => entry.name === name) ? text.nameTaken(name) : "";
}
