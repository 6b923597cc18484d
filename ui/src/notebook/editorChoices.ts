/** What the user has chosen about editors, for all notebooks of the window. */
import { type ReadonlySignal, signal } from "@preact/signals";

export interface EditorChoices {
  /** Whether code has line numbers. */
  readonly lineNumbers: ReadonlySignal<boolean>;
  setLineNumbers(on: boolean): void;
  /** Whether an opening bracket brings the closing one. */
  readonly closeBrackets: ReadonlySignal<boolean>;
  /** Whether editors have Vim's keys. */
  readonly vim: ReadonlySignal<boolean>;
}

/** For a notebook that nobody has chosen anything for. */
export function usualChoices(): EditorChoices {
  const lineNumbers = signal(false);
  return {
    lineNumbers,
    setLineNumbers: (on) => (lineNumbers.value = on),
    closeBrackets: signal(true),
    vim: signal(false),
  };
}
