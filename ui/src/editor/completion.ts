/** Completions from the kernel, shown by CodeMirror: asked for by Tab after a word or by Ctrl+Space, never while typing. */
import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionInfo,
  type CompletionResult,
  startCompletion,
} from "@codemirror/autocomplete";
import { indentMore } from "@codemirror/commands";
import { getIndentUnit } from "@codemirror/language";
import { EditorSelection, type Extension } from "@codemirror/state";
import { type Command } from "@codemirror/view";
import { drawn, type Inspect } from "./documentation";

/** What can stand at the cursor; `start` and `end` are what it replaces. Offsets count UTF-16 units, as strings here do. */
export interface Matches {
  readonly matches: readonly string[];
  /** What the matches are, as far as it is known. */
  readonly kinds?: ReadonlyMap<string, { readonly type: string; readonly signature: string }>;
  readonly start: number;
  readonly end: number;
}

export type Complete = (code: string, cursor: number) => Promise<Matches | null>;

const PAUSE = 150; // milliseconds on one match before its documentation is asked for
const LONGEST_SIGNATURE = 60; // characters

export function completion(complete: Complete, inspect: Inspect | null = null): Extension {
  return autocompletion({
    override: [(context) => ask(context, complete, inspect)],
    addToOptions: [{ render: typeOf, position: 90 }],
    activateOnTyping: false,
    icons: false,
    closeOnBlur: true,
    interactionDelay: 0, // it was asked for: Enter at once must accept
  });
}

async function ask(
  context: CompletionContext,
  complete: Complete,
  inspect: Inspect | null,
): Promise<CompletionResult | null> {
  const { state, view } = context;
  const found = await complete(state.doc.toString(), context.pos).catch(() => null);
  if (found === null || context.aborted || found.matches.length === 0) return null;
  const { matches, kinds, start } = found;
  const only = matches[0];
  if (matches.length === 1 && only !== undefined && view?.state.doc.eq(state.doc) === true) {
    // One answer only: Jupyter's hands expect it in the text at once.
    view.dispatch({
      changes: { from: start, to: found.end, insert: only },
      selection: { anchor: start + only.length },
      userEvent: "input.complete",
    });
    return null;
  }
  return {
    from: start,
    ...(found.end > context.pos && { to: found.end }),
    options: matches.map((label, index): Completion => {
      const { type = "", signature = "" } = kinds?.get(label) ?? {};
      return {
        label,
        boost: Math.max(-99, 99 - index), // the kernel's order
        ...(type !== "" && { type }),
        ...(signature !== "" && { detail: shortened(signature) }),
        ...(inspect !== null && { info: documented(state.doc.toString(), start, found.end, inspect) }),
      };
    }),
    validFor: /^[\w.]*$/,
  };
}

function shortened(signature: string): string {
  return signature.length > LONGEST_SIGNATURE ? `${signature.slice(0, LONGEST_SIGNATURE - 1)}…` : signature;
}

/** What kind of thing a match is, in a word at the right. */
function typeOf({ type }: Completion): Node | null {
  if (type === undefined) return null;
  const word = document.createElement("span");
  word.className = "cm-completionType";
  word.textContent = type;
  return word;
}

/** Asks for what a match is when one stays on it. What one passes by on the way is not asked for. */
function documented(
  code: string,
  start: number,
  end: number,
  inspect: Inspect,
): (completion: Completion) => Promise<CompletionInfo> {
  return async ({ label }) => {
    const list = document.querySelector(".cm-tooltip-autocomplete [aria-selected]");
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (list !== null && !list.isConnected) return null;
    const found = await inspect(code.slice(0, start) + label + code.slice(end), start + label.length).catch(() => null);
    return found === null ? null : drawn(found);
  };
}

/** Tab: accept what is chosen, complete after a word or a dot, indent elsewhere. */
export const completeOrIndent: Command = (view) => {
  if (acceptCompletion(view)) return true;
  const { state } = view;
  const { main, ranges } = state.selection;
  if (ranges.length > 1 || !main.empty) return indentMore(view);
  const line = state.doc.lineAt(main.head);
  const before = line.text.slice(0, main.head - line.from);
  if (/[\w.%/]$/.test(before) && startCompletion(view)) return true;
  return insertIndent(view);
};

const insertIndent: Command = (view) => {
  const { state } = view;
  if (state.readOnly) return false;
  const unit = getIndentUnit(state);
  const change = state.changeByRange((range) => {
    const column = range.head - state.doc.lineAt(range.head).from;
    const insert = " ".repeat(unit - (column % unit));
    return { changes: { from: range.head, insert }, range: EditorSelection.cursor(range.head + insert.length) };
  });
  view.dispatch(state.update(change, { userEvent: "input.indent", scrollIntoView: true }));
  return true;
};
