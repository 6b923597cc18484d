/** The words of the status bar and of the window's title. Pure: a status in, sentences out. */
import { en } from "../i18n/en";
import { formatTime } from "../i18n/formats";
import { type DocumentStatus, isBusy, type KernelWord, type SaveWord } from "./document";

const text = en.status;

/** At rest, at work, or on the way from one to the other. */
export type Glyph = "ring" | "disc" | "dots";

export type Tone = "plain" | "ok" | "warn" | "error";

export interface StatusPart {
  readonly id: "kernel" | "queue" | "save" | "trust" | "mode" | "cursor" | "connection";
  readonly text: string;
  readonly tone: Tone;
  /** Of the kernel's state: as in the notebook's bar. */
  readonly glyph?: Glyph;
  /** More about it, for a tooltip; empty when there is nothing more. */
  readonly title: string;
  /** What goes on: since when, by the server's clock, where that is known. */
  readonly elapsed?: { readonly since: Date | null };
}

const KERNEL: Readonly<Record<KernelWord, readonly [string, Tone, Glyph]>> = {
  none: [text.noKernel, "plain", "ring"],
  starting: [text.starting, "warn", "dots"],
  idle: [text.idle, "ok", "ring"],
  busy: [text.busy, "warn", "disc"],
  interrupting: [text.interrupting, "warn", "dots"],
  restarting: [text.restarting, "warn", "dots"],
  dead: [text.dead, "error", "disc"],
  input: [text.waitingForInput, "warn", "disc"],
};

const SAVE: Readonly<Record<SaveWord, readonly [string, Tone]>> = {
  saved: [text.savedPlain, "plain"],
  unsaved: [text.unsaved, "plain"],
  saving: [text.saving, "plain"],
  failed: [text.failed, "error"],
  changed_on_disk: [text.changedOnDisk, "warn"],
  read_only: [text.readOnly, "warn"],
};

/** What takes its time, which is shown. */
const GOES_ON: ReadonlySet<KernelWord> = new Set(["starting", "restarting", "busy", "interrupting", "input"]);

/** How the kernel's process ended, out of the server's sentence about it: `exit code 3`, `SIGKILL`. */
function exitIn(message: string): string | null {
  const code = /\bexit ?code (-?\d+)/i.exec(message)?.[1];
  return code === undefined ? (/\((SIG[A-Z0-9]+)\)/.exec(message)?.[1] ?? null) : text.exitCode(code);
}

/** What the status bar shows, from left to right. */
export function statusParts(status: DocumentStatus): readonly StatusPart[] {
  return [
    ...kernelParts(status),
    ...saveParts(status),
    ...trustParts(status),
    ...placeParts(status),
    ...connectionParts(status),
  ];
}

function kernelParts({ kernel, queued, connection }: DocumentStatus): StatusPart[] {
  if (kernel === null) return [];
  if (connection?.word === "reconnecting" && kernel.word !== "none") {
    const unknown = `${kernel.name} · ${text.disconnected}`; // what it does meanwhile is not known
    return [{ id: "kernel", text: unknown, tone: "warn", glyph: "dots", title: text.offline }];
  }
  const [plain, tone, glyph] = KERNEL[kernel.word];
  const code = kernel.word === "dead" ? exitIn(kernel.message) : null;
  const word = code === null ? plain : text.deadWith(code);
  const named = kernel.word === "none" || kernel.name === "" ? word : `${kernel.name} · ${word}`;
  const elapsed = GOES_ON.has(kernel.word) && { elapsed: { since: kernel.since ?? null } };
  const parts: StatusPart[] = [{ id: "kernel", text: named, tone, glyph, title: kernel.message, ...elapsed }];
  if (queued > 0) parts.push({ id: "queue", text: text.queued(queued), tone: "plain", title: "" });
  return parts;
}

function saveParts({ save }: DocumentStatus): StatusPart[] {
  if (save === null) return [];
  const [word, tone] = SAVE[save.word];
  const shown = save.word === "saved" && save.at !== null ? text.saved(clock(save.at)) : word;
  return [{ id: "save", text: shown, tone, title: save.message }];
}

function trustParts({ scriptsOff }: DocumentStatus): StatusPart[] {
  return scriptsOff ? [{ id: "trust", text: text.notTrusted, tone: "plain", title: text.notTrustedMore }] : [];
}

function placeParts({ mode, cursor }: DocumentStatus): StatusPart[] {
  const parts: StatusPart[] = [];
  if (mode !== null) parts.push({ id: "mode", text: text[mode], tone: "plain", title: "" });
  if (cursor !== null && mode !== "command") {
    parts.push({ id: "cursor", text: text.position(cursor.line, cursor.column), tone: "plain", title: "" });
  }
  return parts;
}

function connectionParts({ connection }: DocumentStatus): StatusPart[] {
  if (connection === null) return [];
  const words = connection.word === "connecting" ? text.connecting : text.reconnecting(Math.ceil(connection.seconds));
  return [{ id: "connection", text: words, tone: "warn", title: text.offline }];
}

/** Hours and minutes as they are written here: `14:02`. */
export function clock(time: Date): string {
  return formatTime(time);
}

export interface TitleParts {
  /** The document's name, or `null` when none is shown. */
  readonly name: string | null;
  /** The folder of the window, or that of the document; empty when that has no name. */
  readonly folder: string;
  /** Whether there are other windows, from which it must be told apart. */
  readonly among: boolean;
  readonly unsaved: boolean;
  readonly status: DocumentStatus;
}

/** The window's title: `* name - folder`, and `(busy) name` while something runs. */
export function windowTitle({ name, folder, among, unsaved, status }: TitleParts): string {
  const where = folder === "" ? en.appName : folder;
  if (name === null) return folder === "" ? en.appName : `${folder} - ${en.appName}`;
  if (isBusy(status)) return `${text.busyTitle(name)}${among ? ` - ${where}` : ""}`;
  return `${unsaved ? "* " : ""}${name} - ${where}`;
}
