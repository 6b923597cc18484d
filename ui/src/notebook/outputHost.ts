/** What the outputs of a notebook may ask of it: to go to a place, to install something, to copy. */
import type { ReadonlySignal } from "@preact/signals";
import { type ComponentChildren, h } from "preact";
import { FrameLibraries } from "../outputs/frame/libraries";
import { described } from "../outputs/mimebundle";
import { type OutputHost, OutputMemory } from "../outputs/place";
import type { TracePlace } from "../outputs/tracePlaces";
import { notebookText } from "../i18n/notebook";
import { insertCells } from "./cellActions";
import { errorIn } from "./cellState";
import { type CellId, newCell } from "./model";
import type { OpenNotebook } from "./openNotebook";
import { widgetOutput } from "./WidgetOutput";
import { OutputTab } from "./OutputTab";

/** Opens files beside the notebook. */
export interface FileOpener {
  /** A file of the workspace. */
  openFile(path: string): void;
  /** The same as text, though it has the name of a notebook; `message` says why. */
  openAsText(path: string, message: string): void;
  /** A line of a file by its path in the kernel's system, which may not be one of the workspace's. */
  openSystemFile(path: string, line: number): void;
  /** Something else, alone in a tab. */
  openView(title: string, view: () => ComponentChildren): void;
}

export function outputHost(notebook: OpenNotebook, opener: FileOpener | undefined): OutputHost {
  const { store } = notebook;
  return {
    memory: new OutputMemory(),
    libraries: new FrameLibraries(() => store.kernelName.peek()),
    Widget: widgetOutput(notebook.widgets),
    refusal: () => (store.isOffline.value ? notebookText.notices.offline : ""),
    trust: () => notebook.document.trust(),
    copyImage: (png) => notebook.copyImage(png),
    openPlace: (place) => openPlace(notebook, opener, place),
    openFile: (path) => opener?.openFile(path),
    describe: (place, mime, text) => describe(notebook, place, mime, text),
    openOutput: (place) => opener?.openView(...outputTab(notebook, place)),
    hasOtherError: (place) => {
      subscribe(store.lastFinished); // asked again when a cell has run, not at every change of one
      return nextError(notebook, cellOf(place)) !== null;
    },
    nextError: (place) => goToError(notebook, cellOf(place)),
    canInstall: () => store.language.peek() === "python",
    install: (place, command) => {
      const cell = { ...newCell(notebook.newId(), "code"), source: command };
      const at = store.places.peek().get(cellOf(place)) ?? 0;
      notebook.change(insertCells(store.order.peek()[at - 1] ?? null, [cell]));
      notebook.run([cell.id]);
    },
  };
}

/** Whoever is drawing is drawn again when the signal changes. */
function subscribe(signal: ReadonlySignal): unknown {
  return signal.value;
}

/** Makes the next cell with an error the active one; from the active cell on unless another is named. */
export function goToError(notebook: OpenNotebook, from = notebook.store.selection.active.peek()): void {
  const { store } = notebook;
  const next = nextError(notebook, from);
  const found = next ?? (from !== null && hasError(notebook, from) ? from : null);
  if (found === null) {
    store.notify(notebookText.notices.noError);
    return;
  }
  store.selection.select(found);
  notebook.page?.reveal(found);
}

function nextError(notebook: OpenNotebook, from: CellId | null): CellId | null {
  const order = notebook.store.order.peek();
  const at = from === null ? -1 : order.indexOf(from);
  const others = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
  return others.find((id) => hasError(notebook, id)) ?? null;
}

function hasError({ store }: OpenNotebook, id: CellId): boolean {
  const cell = store.cell(id)?.peek();
  return cell !== undefined && errorIn(cell) !== null;
}

function openPlace(notebook: OpenNotebook, opener: FileOpener | undefined, place: TracePlace): void {
  const { store } = notebook;
  if (place.kind === "file") {
    const isWhole = /^(?:[~/\\]|[A-Za-z]:)/.test(place.path);
    if (isWhole) opener?.openSystemFile(place.path, place.line);
    else opener?.openFile(inFolder(store.folder.peek(), place.path));
    return;
  }
  const cell = store.notebook.cells.findLast((one) => one.execution_count === place.count);
  if (cell === undefined) {
    store.notify(notebookText.notices.noSuchCell(place.count));
    return;
  }
  store.selection.edit(cell.id, place.line);
  notebook.page?.reveal(cell.id);
}

function inFolder(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

function describe(notebook: OpenNotebook, place: string, mime: string, text: string): void {
  const [cell, index] = [cellOf(place), indexOf(place)];
  const output = notebook.store.cell(cell)?.peek().outputs?.[index];
  if (output?.output_type !== "display_data" && output?.output_type !== "execute_result") return;
  const metadata = described(output.metadata, mime, text);
  notebook.change({ edits: [{ op: "replace_output", cell, index, output: { ...output, metadata } }] });
}

/** The title of an output's tab, and what stands in it. */
function outputTab(notebook: OpenNotebook, place: string): [string, () => ComponentChildren] {
  const { store } = notebook;
  const [id, index] = [cellOf(place), indexOf(place)];
  const label = notebookText.cell.name((store.places.peek().get(id) ?? 0) + 1);
  const name = store.document.peek().path.split("/").at(-1) ?? "";
  return [`${name}, ${label}`, () => h(OutputTab, { notebook, id, index, label })];
}

/** An output's place is its cell and its number. */
function cellOf(place: string): CellId {
  return place.slice(0, place.lastIndexOf("/"));
}

function indexOf(place: string): number {
  return Number(place.slice(place.lastIndexOf("/") + 1));
}
