/**
 * What the shell knows of something that is open in a tab, whatever it is: is it safe on disk, does it work, what can
 * be done to it, what the status bar says about it, and how it looks. Notebooks and text files each make one.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Announcement } from "../design/announcer";
import type { Command } from "../design/command";
import type { DropTarget } from "../design/drop";
import type { Paper } from "../design/paper";

export type KernelWord = "none" | "starting" | "idle" | "busy" | "interrupting" | "restarting" | "dead" | "input";
export type SaveWord = "saved" | "unsaved" | "saving" | "failed" | "changed_on_disk" | "read_only";

export interface DocumentStatus {
  /** `null` for what has no kernel at all, like a text file. */
  readonly kernel: {
    readonly name: string;
    readonly word: KernelWord;
    readonly message: string;
    /** When it began to do what it does, by the server's clock, where that is known. */
    readonly since?: Date | null;
  } | null;
  /** Cells that wait behind the running one. */
  readonly queued: number;
  readonly save: { readonly word: SaveWord; readonly at: Date | null; readonly message: string } | null;
  /** Whether there are scripts in outputs that do not run, because nobody has trusted them. */
  readonly scriptsOff: boolean;
  readonly mode: "command" | "edit" | null;
  /** Counted from 1. */
  readonly cursor: { readonly line: number; readonly column: number } | null;
  /** `null` when the connection is well. */
  readonly connection: { readonly word: "connecting" | "reconnecting"; readonly seconds: number } | null;
}

/** How a run of cells ended. */
export interface RunEnd {
  readonly seconds: number;
  readonly outcome: "done" | "failed" | "interrupted" | "died";
  /** The name of the error; empty where there is none. */
  readonly error: string;
}

/** Somewhere in a document that can be gone to. */
export interface DocumentPlace {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly go: () => void;
}

export interface DocumentPlaces {
  /** By name: headings and cells. */
  readonly named: () => readonly DocumentPlace[];
  /** By number, from 1: lines and cells. */
  readonly numbered: (number: number) => readonly DocumentPlace[];
}

export interface OpenDocument {
  /** Whether the disk lacks something that is on the screen: the dot in the tab. */
  readonly unsaved: ReadonlySignal<boolean>;
  /** Whether work would be gone if the window closed at this moment. */
  readonly wouldLose: ReadonlySignal<boolean>;
  readonly status: ReadonlySignal<DocumentStatus>;
  readonly commands: readonly Command[];
  readonly view: () => ComponentChildren;
  /** For readers: what has just happened in it. */
  readonly announced?: ReadonlySignal<Announcement>;
  /** All of it, to be printed; `null` when there is nothing to print. */
  readonly paper: Paper | null;
  /** What it does with files that are dropped on it; `null`: they are opened beside it. */
  readonly drops: DropTarget | null;
  /** Where in it one can go; absent: nowhere that has a name. */
  readonly places?: DocumentPlaces;
  /** The cell that is active, and its place; absent where there are no cells. */
  readonly here?: ReadonlySignal<{ readonly cell: string; readonly index: number } | null>;
  /** Goes to a cell, if it is still there. */
  readonly goTo?: (cell: string) => void;
  /** What a save would write, for when the file cannot be written; absent where the file is all there is. */
  readonly content?: () => Promise<string>;
  /** Saves as far as possible; `false` when something is still not on disk. */
  readonly save: () => Promise<boolean>;
  /** Puts the caret into a line, from 1, as soon as the text is there. */
  readonly goToLine?: (line: number) => void;
  /** The file has got another path. */
  readonly renamed: (path: string) => void;
  readonly close: () => void;
}

export const NO_STATUS: DocumentStatus = {
  kernel: null,
  queued: 0,
  save: null,
  scriptsOff: false,
  mode: null,
  cursor: null,
  connection: null,
};

/** A part of another document, which keeps it: there is nothing to save here. */
export function partOf(view: () => ComponentChildren): OpenDocument {
  const no = signal(false);
  return {
    unsaved: no,
    wouldLose: no,
    status: signal(NO_STATUS),
    commands: [],
    view,
    paper: null,
    drops: null,
    save: () => Promise.resolve(true),
    renamed: () => undefined,
    close: () => undefined,
  };
}

/** Whether the kernel is at work or has work waiting. */
export function isBusy(status: DocumentStatus): boolean {
  const word = status.kernel?.word;
  return word === "busy" || word === "input" || word === "interrupting" || status.queued > 0;
}
