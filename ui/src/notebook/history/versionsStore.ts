/** The versions that the server has kept of one notebook, and the one that is being looked at. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { sentenceOf } from "../../i18n/sentenceOf";
import { encodePath, request } from "../../wire/http";
import { asList, asNumber, asObject, asText } from "../../wire/parse";
import type { Notebook } from "../model";
import { notebookOf } from "../wireForm";

export interface Version {
  readonly id: string;
  readonly at: Date;
  /** Bytes. */
  readonly size: number;
}

export type Versions =
  | { readonly at: "closed" }
  | { readonly at: "loading" }
  | { readonly at: "ready"; readonly list: readonly Version[] }
  | { readonly at: "failed"; readonly message: string };

export type Chosen =
  | { readonly at: "none" }
  | { readonly at: "loading"; readonly id: string }
  | { readonly at: "ready"; readonly id: string; readonly notebook: Notebook };

export class VersionsStore {
  readonly #versions = signal<Versions>({ at: "closed" });
  readonly #chosen = signal<Chosen>({ at: "none" });
  #path = "";

  get versions(): ReadonlySignal<Versions> {
    return this.#versions;
  }
  get chosen(): ReadonlySignal<Chosen> {
    return this.#chosen;
  }

  /** Shows the versions of the notebook at a path. */
  async open(path: string): Promise<void> {
    this.#path = path;
    this.#versions.value = { at: "loading" };
    this.#chosen.value = { at: "none" };
    await this.#try(async () => {
      const list = await request("GET", `api/adrastea/versions/${encodePath(path)}`, parseVersions);
      this.#versions.value = { at: "ready", list };
      if (list[0] !== undefined) await this.choose(list[0].id);
    });
  }

  async choose(id: string): Promise<void> {
    this.#chosen.value = { at: "loading", id };
    await this.#try(async () => {
      const place = `api/adrastea/versions/${encodePath(this.#path)}/versions/${id}`;
      const notebook = await request("GET", place, notebookOf);
      const wanted = this.#chosen.peek();
      if (wanted.at === "loading" && wanted.id === id) this.#chosen.value = { at: "ready", id, notebook };
    });
  }

  close(): void {
    this.#versions.value = { at: "closed" };
    this.#chosen.value = { at: "none" };
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#versions.value = { at: "failed", message: sentenceOf(error) };
    }
  }
}

export function parseVersions(raw: unknown): readonly Version[] {
  return asList(raw, "the versions").map((one) => {
    const fields = asObject(one, "a version");
    return {
      id: asText(fields["id"], "the version's id"),
      at: new Date(asText(fields["last_modified"], "the version's time")),
      size: asNumber(fields["size"], "the version's size"),
    };
  });
}
