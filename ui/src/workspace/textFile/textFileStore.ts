/**
 * A file that is not a notebook: its text as it is on disk and as it stands in the editor, or what else it is.
 *
 * A save never overwrites what somebody else wrote meanwhile: the file is read again before, and if it is no longer
 * what was opened, the user is asked. Line ends are kept as they were.
 */
import { sentenceOf } from "../../i18n/sentenceOf";
import { fileSize } from "../../i18n/size";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { isImage, isPdf } from "./languages";

export interface FileContent {
  readonly path: string;
  /** Text as it is on disk, or `null` when the file is not text. */
  readonly text: string | null;
  readonly mimetype: string | null;
  readonly writable: boolean;
  /** Bytes. */
  readonly size: number | null;
}

export interface TextFileApi {
  read(path: string): Promise<FileContent>;
  write(path: string, text: string): Promise<void>;
}

export type TextFileLoad =
  | { readonly at: "loading" }
  | { readonly at: "text"; readonly writable: boolean }
  | { readonly at: "image" }
  | { readonly at: "pdf" }
  | { readonly at: "binary"; readonly size: number | null }
  | { readonly at: "failed"; readonly message: string };

export type SaveState =
  | { readonly at: "saved" }
  | { readonly at: "unsaved" }
  | { readonly at: "saving" }
  | { readonly at: "failed"; readonly message: string }
  | { readonly at: "changed" };

export class TextFileStore {
  readonly #api: TextFileApi;
  readonly #path = signal("");
  readonly #load = signal<TextFileLoad>({ at: "loading" });
  readonly #text = signal("");
  readonly #disk = signal("");
  readonly #save = signal<SaveState>({ at: "saved" });
  #lineEnd = "\n";

  /** Whether something would be lost if the tab were closed now. */
  readonly unsaved: ReadonlySignal<boolean>;
  readonly state: ReadonlySignal<SaveState>;

  constructor(path: string, api: TextFileApi) {
    this.#api = api;
    this.#path.value = path;
    this.unsaved = computed(() => this.#text.value !== this.#disk.value);
    this.state = computed(() => {
      if (this.#save.value.at !== "saved") return this.#save.value;
      return this.unsaved.value ? { at: "unsaved" } : { at: "saved" };
    });
  }

  get path(): ReadonlySignal<string> {
    return this.#path;
  }
  get load(): ReadonlySignal<TextFileLoad> {
    return this.#load;
  }
  /** The text in the editor, with `\n` at the end of each line. */
  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  /** The same with the line ends of the file: what a save would write. */
  get written(): string {
    return this.#asInFile(this.#text.peek());
  }

  /** Reads the file; what is in the editor is gone. */
  async open(): Promise<void> {
    const path = this.#path.value;
    if (isPdf(path) || isImage(path)) {
      this.#load.value = { at: isPdf(path) ? "pdf" : "image" };
      return;
    }
    this.#load.value = { at: "loading" };
    try {
      const content = await this.#api.read(path);
      if (content.text === null) {
        this.#load.value = { at: "binary", size: content.size };
        return;
      }
      this.#lineEnd = content.text.includes("\r\n") ? "\r\n" : "\n";
      this.#disk.value = unixLines(content.text);
      this.#text.value = this.#disk.value;
      this.#save.value = { at: "saved" };
      this.#load.value = { at: "text", writable: content.writable };
    } catch (error) {
      this.#load.value = { at: "failed", message: sentenceOf(error) };
    }
  }

  /** The user has come back to the window, perhaps from a program that changed the file: takes over what it holds. */
  async check(): Promise<void> {
    const isBusy = (): boolean => this.#load.value.at !== "text" || this.#save.value.at === "saving";
    if (isBusy()) return;
    const now = await this.#api.read(this.#path.value).catch(() => null); // gone or out of reach: the next save tells
    if (now === null || now.text === null || isBusy()) return;
    const text = unixLines(now.text);
    const isOther = text !== this.#disk.value;
    if (this.unsaved.value && this.#text.value !== text) {
      if (isOther) this.#save.value = { at: "changed" };
      return;
    }
    if (!isOther) return;
    this.#lineEnd = now.text.includes("\r\n") ? "\r\n" : "\n";
    this.#disk.value = this.#text.value = text;
    this.#save.value = { at: "saved" };
  }

  setText(text: string): void {
    this.#text.value = text;
    if (this.#save.value.at === "failed") this.#save.value = { at: "saved" };
  }

  /** Saves unless the file has changed on disk since it was read. */
  async save(): Promise<void> {
    if (this.#load.value.at !== "text" || this.#save.value.at === "saving" || !this.unsaved.value) return;
    await this.#write(async () => {
      const now = await this.#api.read(this.#path.value).catch(() => null); // deleted meanwhile: it is written anew
      return now?.text === null || (now !== null && unixLines(now.text) !== this.#disk.value);
    });
  }

  /** Saves whatever is on disk. */
  async overwrite(): Promise<void> {
    await this.#write(() => Promise.resolve(false));
  }

  renamed(path: string): void {
    this.#path.value = path;
  }

  #asInFile(text: string): string {
    return text.replaceAll("\n", this.#lineEnd);
  }

  async #write(changed: () => Promise<boolean>): Promise<void> {
    const text = this.#text.value;
    this.#save.value = { at: "saving" };
    try {
      if (await changed()) {
        this.#save.value = { at: "changed" };
        return;
      }
      await this.#api.write(this.#path.value, this.#asInFile(text));
      this.#disk.value = text;
      this.#save.value = { at: "saved" };
    } catch (error) {
      this.#save.value = { at: "failed", message: sentenceOf(error) };
    }
  }
}

function unixLines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** A size as a person reads it: `980 bytes`, `12 KB`, `3.4 MB`. */
export function showSize(bytes: number | null): string {
  return bytes === null ? "?" : fileSize(bytes);
}
