/**
 * Where an output stands, and what it may ask of the notebook around it. What a user has chosen for an output (the type
 * that is shown, whether all of it is) is kept here as long as the notebook is open: the output itself leaves the page
 * whenever it is scrolled away.
 */
import { type Signal, signal, useSignal } from "@preact/signals";
import { type ComponentType, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FrameLibraries } from "./frame/libraries";
import type { TracePlace } from "./tracePlaces";

/** The choices of one open notebook, each a signal by its name. */
export class OutputMemory {
  readonly #kept = new Map<string, Signal>();

  /** `first` is its value as long as nobody has chosen. */
  choice<T>(name: string, first: T): Signal<T> {
    const known = this.#kept.get(name);
    if (known !== undefined) return known as Signal<T>; // a name is used for one type only
    const made = signal(first);
    this.#kept.set(name, made);
    return made;
  }
}

/** A live widget of the notebook's kernel as an output. */
export interface WidgetOutputProps {
  /** The id of its model. */
  readonly model: string;
  /** The cell that shows it; null outside of one. */
  readonly cell: string | null;
  readonly cellLabel: string;
  readonly trusted: boolean;
  readonly folder: string;
}

export interface OutputHost {
  readonly memory: OutputMemory;
  /** What the frames of its outputs run. */
  readonly libraries: FrameLibraries;
  readonly Widget?: ComponentType<WidgetOutputProps>;
  /** Why nothing can be asked of the server now; empty when it can. Who draws is drawn again when that changes. */
  refusal(): string;
  /** The user trusts the whole notebook: its scripts may run. */
  trust(): void;
  /** Whether the image is on the clipboard now. */
  copyImage(png: Blob): Promise<boolean>;
  /** Shows a line of a file or of a cell. */
  openPlace(place: TracePlace): void;
  /** Opens a file of the workspace in a tab. */
  openFile(path: string): void;
  /** Keeps a description with the image that the output shows as `mime`; an empty one takes it away. */
  describe(place: string, mime: string, text: string): void;
  /** Shows the output alone, in a tab of its own. */
  openOutput(place: string): void;
  /** Whether another cell has an error than the one of this output. */
  hasOtherError(place: string): boolean;
  /** Goes to the next cell that has one, round the end. */
  nextError(place: string): void;
  /** Whether the kernel is one that `install` can install something into. */
  canInstall(): boolean;
  /** Runs a line that installs something, in a cell of its own above the output's. */
  install(place: string, command: string): void;
}

/** The notebook; `null` where an output stands for itself. */
export const Host = createContext<OutputHost | null>(null);

/** The output's name in its notebook: cell and number. */
export const Place = createContext("");

/** What a reader hears that the output belongs to: "cell 12". */
export const CellLabel = createContext("");

/** Whether the output's controls are reached by Tab: those of the active cell are, or there would be hundreds of stops. */
export const TabStops = createContext(true);

/** A choice of the user for this output, remembered while the notebook is open. */
export function useChoice<T>(what: string, first: T): Signal<T> {
  const own = useSignal(first);
  const host = useContext(Host);
  const place = useContext(Place);
  return host === null || place === "" ? own : host.memory.choice(`${place} ${what}`, first);
}
