/** What the settings show and change of keys; the window knows the commands. */
export interface KeyRow {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly keys: readonly string[];
  /** Whether the user has chosen them. */
  readonly isOwn: boolean;
}

export interface KeyActions {
  /** Reads signals. */
  readonly rows: () => readonly KeyRow[];
  /** Other commands that the same keys mean where this one acts, by their titles. */
  readonly conflicts: (id: string, keys: string) => readonly string[];
  readonly choose: (id: string, keys: string) => void;
  readonly clear: (id: string) => void;
  readonly reset: (id: string) => void;
  readonly resetAll: () => void;
  /** The stroke of a key press, as keys are written; null for one that is none by itself. */
  readonly stroke: (event: KeyboardEvent) => string | null;
  /** Keys as they are printed. */
  readonly show: (keys: string) => string;
}
