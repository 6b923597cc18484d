/** Completions from the kernel, shown by CodeMirror: asked for by Tab after a word or by Ctrl+Space, never while typing. */
import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from "@codemirror/autocomplete";
import { indentMore } from "@codemirror/commands";
import { getIndentUnit } from "@codemirror/language";
import { EditorSelection, type Extension } from "@codemirror/state";
import { type Command } from "@codemirror/view";

/** What can stand at the cursor; `start` and `end` are what it replaces. Offsets count UTF-16 units, as strings here do. */
export interface Matches {
  readonly matches: readonly string[];
  readonly start: number;
  readonly end: number;
}

export type Complete = (code: string, cursor: number) => Promise<Matches | null>;

export function completion(complete: Complete): Extension {
  return autocompletion({
    override: [(context) => ask(context, complete)],
    activateOnTyping: false,
    icons: false,
    closeOnBlur: true,
    interactionDelay: 0, // it was asked for: Enter at once must accept
  });
}

async function ask(context: CompletionContext, complete: Complete): Promise<CompletionResult | null> {
  const { state, view } = context;
  const found = await complete(state.doc.toString(), context.pos).catch(() => null);
  if (found === null || context.aborted || found.matches.length === 0) return null;
  const { matches, start } = found;
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
    options: matches.map((label, index) => ({ label, boost: Math.max(-99, 99 - index) })), // the kernel's order
    validFor: /^[\w.]*$/,
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
