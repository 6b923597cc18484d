/** The bytes of a PDF file: looked at before they are fetched, and a large one only when it is asked for. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { sentenceOf } from "../../i18n/sentenceOf";
import { encodePath, requestBytes, requestRange } from "../../wire/http";

export type PdfLoad =
  | { readonly at: "loading" }
  /** It is large: whoever wants it says so. Bytes. */
  | { readonly at: "large"; readonly size: number }
  | { readonly at: "none"; readonly size: number }
  | { readonly at: "ready"; readonly file: Blob }
  | { readonly at: "failed"; readonly message: string };

const LARGE = 50_000_000; // bytes
const HEADER = "%PDF-";
const HEADER_WITHIN = 1_024; // bytes, as readers of PDF allow

export class PdfFileStore {
  readonly #load = signal<PdfLoad>({ at: "loading" });
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    void this.open();
  }

  get load(): ReadonlySignal<PdfLoad> {
    return this.#load;
  }

  /** Reads the file again. */
  async open(): Promise<void> {
    this.#load.value = { at: "loading" };
    await this.#try(async () => {
      const { bytes, total } = await requestRange(this.#address, 0, HEADER_WITHIN);
      if (!new TextDecoder("latin1").decode(bytes).includes(HEADER)) this.#load.value = { at: "none", size: total };
      else if (total > LARGE) this.#load.value = { at: "large", size: total };
      else await this.#fetch();
    });
  }

  /** Fetches it, however large. */
  async show(): Promise<void> {
    this.#load.value = { at: "loading" };
    await this.#try(() => this.#fetch());
  }

  get #address(): string {
    return `files/${encodePath(this.#path)}`;
  }

  async #fetch(): Promise<void> {
    const bytes = await requestBytes(this.#address);
    this.#load.value = { at: "ready", file: new Blob([bytes], { type: "application/pdf" }) };
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#load.value = { at: "failed", message: sentenceOf(error) };
    }
  }
}
