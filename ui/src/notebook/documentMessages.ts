/** What is said on the document socket, parsed: docs/document-socket.md. */
import { serverSays } from "../i18n/language";
import {
  asList,
  asNumber,
  asObject,
  asText,
  type Fields,
  jsonOf,
  numberOrNull,
  ParseError,
  textOr,
  textOrNull,
} from "../wire/parse";
import type { Edit } from "./edits";
import type { CellId, Notebook } from "./model";
import { editOf, notebookOf } from "./wireForm";

export type SaveState = "saved" | "unsaved" | "saving" | "failed" | "changed_on_disk";

/** After a crash: what it had left, and what the file had held. */
export type VersionAfterCrash = "restored" | "saved";
/** After a merge: both sides in one, what was here, and what the file held. */
export type VersionAfterMerge = "merged" | "mine" | "disk";
export type Version = VersionAfterCrash | VersionAfterMerge;

/** Why a cell is to be looked at after a merge: it is the file's version of another one, or the file has it no more. */
export type Why = "changed" | "deleted";

/** Somebody else had changed the file, and it was put together with what was not saved. */
export interface Combined {
  /** How many cells are as the file had them. */
  readonly taken: number;
  readonly undecided: readonly { readonly cell: CellId; readonly why: Why }[];
  readonly shown: VersionAfterMerge;
}

export interface DocumentStatus {
  readonly state: SaveState;
  /** A sentence when saving failed, else empty. */
  readonly message: string;
  /** Of the last save. */
  readonly at: Date | null;
  readonly path: string;
  readonly writable: boolean;
  /** What a crash had left, until the user has seen it: when the last of it was done, and which version is shown. */
  readonly restored: { readonly at: Date | null; readonly shown: VersionAfterCrash } | null;
  /** Until the user has seen it. */
  readonly combined: Combined | null;
  /** The cells whose outputs may hold scripts that may not run. */
  readonly untrusted: readonly CellId[];
}

export type KernelWord = "starting" | "idle" | "busy" | "restarting" | "dead" | "none";

export interface KernelStatus {
  readonly session: string | null;
  readonly id: string | null;
  /** Of its kernelspec. */
  readonly name: string | null;
  readonly displayName: string | null;
  readonly language: string | null;
  readonly state: KernelWord;
  /** The cause of a death or of a failed start, in one sentence. */
  readonly message: string;
  /** What it printed last. */
  readonly log: string;
}

export interface RunStatus {
  readonly running: CellId | null;
  readonly queued: readonly CellId[];
  readonly startedAt: Date | null;
}

export type FinishedStatus = "ok" | "error" | "interrupted" | "aborted" | "skipped" | "died" | "unknown";

export interface Finished {
  readonly cell: CellId;
  readonly status: FinishedStatus;
  /** Null for a cell that never ran. */
  readonly seconds: number | null;
}

export interface InputRequest {
  readonly cell: CellId;
  readonly prompt: string;
  readonly password: boolean;
}

/** An edit from elsewhere, or the place where our message `ack` was applied. */
export type EditItem = { readonly edit: Edit } | { readonly ack: number };

export interface Refusal {
  readonly seq: number | null;
  readonly message: string;
  /** The error class of the server. */
  readonly kind: string;
  /** Where an invalid notebook file is broken, from 1; 0 when it is not known. */
  readonly line: number;
}

export interface Snapshot {
  readonly notebook: Notebook;
  readonly acked: number;
  readonly document: DocumentStatus;
  readonly kernel: KernelStatus;
  readonly run: RunStatus;
  readonly input: InputRequest | null;
}

export type ServerMessage =
  | { readonly type: "snapshot"; readonly snapshot: Snapshot }
  | { readonly type: "edits"; readonly items: readonly EditItem[] }
  | { readonly type: "document"; readonly document: DocumentStatus }
  | { readonly type: "kernel"; readonly kernel: KernelStatus }
  | { readonly type: "run"; readonly run: RunStatus }
  | { readonly type: "finished"; readonly finished: Finished }
  | { readonly type: "input"; readonly input: InputRequest | null }
  | { readonly type: "saved"; readonly seq: number }
  | { readonly type: "error"; readonly refusal: Refusal }
  /** About widgets: read by what shows them, which is loaded with the first of them. */
  | { readonly type: "widget"; readonly said: Fields }
  /** Of a newer server; passed over. */
  | { readonly type: "unknown" };

export const NO_KERNEL: KernelStatus = {
  session: null,
  id: null,
  name: null,
  displayName: null,
  language: null,
  state: "none",
  message: "",
  log: "",
};
export const NOTHING_RUNS: RunStatus = { running: null, queued: [], startedAt: null };

/** Throws `ParseError`. */
export function serverMessageOf(text: string): ServerMessage {
  const message = asObject(jsonOf(text), "the message");
  switch (message["type"]) {
    case "snapshot":
      return { type: "snapshot", snapshot: snapshotOf(message) };
    case "edits":
      return { type: "edits", items: asList(message["items"], "items").map(itemOf) };
    case "document":
      return { type: "document", document: documentOf(message) };
    case "kernel":
      return { type: "kernel", kernel: kernelOf(message) };
    case "run":
      return { type: "run", run: runOf(message) };
    case "finished":
      return { type: "finished", finished: finishedOf(message) };
    case "input_request":
      return { type: "input", input: inputOf(message) };
    case "input_done":
      return { type: "input", input: null };
    case "saved":
      return { type: "saved", seq: asNumber(message["seq"], "seq") };
    case "error":
      return { type: "error", refusal: refusalOf(message) };
    case "widgets":
    case "widget_message":
      return { type: "widget", said: message };
    default:
      return { type: "unknown" };
  }
}

function snapshotOf(raw: Fields): Snapshot {
  return {
    notebook: notebookOf(raw["notebook"]),
    acked: asNumber(raw["acked"], "acked"),
    document: documentOf(asObject(raw["document"], "document")),
    kernel: raw["kernel"] === null ? NO_KERNEL : kernelOf(asObject(raw["kernel"], "kernel")),
    run: runOf(asObject(raw["run"], "run")),
    input: raw["input"] === null ? null : inputOf(asObject(raw["input"], "input")),
  };
}

function itemOf(raw: unknown): EditItem {
  const item = asObject(raw, "an item");
  return "ack" in item ? { ack: asNumber(item["ack"], "ack") } : { edit: editOf(item["edit"]) };
}

function documentOf(raw: Fields): DocumentStatus {
  return {
    state: oneOf(raw["state"], ["saved", "unsaved", "saving", "failed", "changed_on_disk"]),
    message: serverSays(textOr(raw["message"], "")),
    at: dateOf(raw["at"]),
    path: asText(raw["path"], "path"),
    writable: raw["writable"] !== false,
    restored: raw["restored"] == null ? null : restoredOf(asObject(raw["restored"], "restored")),
    combined: raw["combined"] == null ? null : combinedOf(asObject(raw["combined"], "combined")),
    untrusted: asList(raw["untrusted"] ?? [], "untrusted").map((cell) => asText(cell, "a cell that is not trusted")),
  };
}

function restoredOf(raw: Fields): DocumentStatus["restored"] {
  return { at: dateOf(raw["at"]), shown: oneOf(raw["shown"], ["restored", "saved"]) };
}

function combinedOf(raw: Fields): Combined {
  return {
    taken: asNumber(raw["taken"], "taken"),
    undecided: asList(raw["undecided"], "undecided").map((one) => {
      const { cell, why } = asObject(one, "an undecided cell");
      return { cell: asText(cell, "cell"), why: oneOf(why, ["changed", "deleted"]) };
    }),
    shown: oneOf(raw["shown"], ["merged", "mine", "disk"]),
  };
}

/** Why a cell is to be looked at, while what was merged is shown. */
export function undecidedIn({ combined }: DocumentStatus, id: CellId): Why | null {
  if (combined?.shown !== "merged") return null;
  return combined.undecided.find(({ cell }) => cell === id)?.why ?? null;
}

function kernelOf(raw: Fields): KernelStatus {
  return {
    session: textOrNull(raw["session"]),
    id: textOrNull(raw["id"]),
    name: textOrNull(raw["name"]),
    displayName: textOrNull(raw["display_name"]),
    language: textOrNull(raw["language"]),
    state: oneOf(raw["state"], ["starting", "idle", "busy", "restarting", "dead", "none"]),
    message: serverSays(textOr(raw["message"], "")),
    log: textOr(raw["log"], ""),
  };
}

function runOf(raw: Fields): RunStatus {
  return {
    running: textOrNull(raw["running"]),
    queued: asList(raw["queued"], "queued").map((cell) => asText(cell, "a queued cell")),
    startedAt: dateOf(raw["started_at"]),
  };
}

function finishedOf(raw: Fields): Finished {
  return {
    cell: asText(raw["cell"], "cell"),
    status: oneOf(raw["status"], ["ok", "error", "interrupted", "aborted", "skipped", "died", "unknown"]),
    seconds: numberOrNull(raw["seconds"]),
  };
}

function inputOf(raw: Fields): InputRequest {
  return {
    cell: asText(raw["cell"], "cell"),
    prompt: textOr(raw["prompt"], ""),
    password: raw["password"] === true,
  };
}

function refusalOf(raw: Fields): Refusal {
  return {
    seq: numberOrNull(raw["seq"]),
    message: serverSays(asText(raw["message"], "message")),
    kind: textOr(raw["kind"], ""),
    line: numberOrNull(raw["line"]) ?? 0,
  };
}

function oneOf<T extends string>(raw: unknown, known: readonly T[]): T {
  const found = known.find((one) => one === raw);
  if (found === undefined) throw new ParseError(`none of ${known.join(", ")}`);
  return found;
}

function dateOf(raw: unknown): Date | null {
  const date = typeof raw === "string" ? new Date(raw) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
