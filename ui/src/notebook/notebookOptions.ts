/** What an open notebook is given by the window around it; without it a notebook stands by itself, as in tests. */
import type { KernelStore } from "../kernel/kernelStore";
import type { MayBeEarly } from "../wire/earlySocket";
import type { CellClipboard } from "./clipboard";
import type { EditorChoices } from "./editorChoices";
import type { InspectorChoice } from "./inspector/inspectorChoice";
import type { FileOpener } from "./outputHost";
import type { RunEnd } from "./runWatch";

export interface NotebookOptions extends MayBeEarly {
  /** The shell's registry, so that buttons come in by the same door as menus and keys; else the command runs itself. */
  readonly run?: (commandId: string) => void;
  /** The keys of a command as they are printed, those that the user has chosen included; empty where it has none. */
  readonly keysOf?: (commandId: string) => string;
  /** The image on the system's clipboard; `null` where a paste itself tells. */
  readonly pastedImage?: () => Promise<Blob | null> | null;
  /** Whether an image is on the clipboard now; the browser's own way unless given. */
  readonly copyImage?: (png: Blob) => Promise<boolean>;
  /** A run has ended; `path` is the notebook's. */
  readonly ended?: (path: string, end: RunEnd) => void;
  /** Opens other files; without it links to them do nothing. */
  readonly opener?: FileOpener;
  /** One for all notebooks of the window lets cells be pasted from one into another. */
  readonly clipboard?: CellClipboard;
  readonly kernels?: KernelStore;
  readonly inspector?: InspectorChoice;
  readonly editorChoices?: EditorChoices;
}
