/**
 * The tooltip of Shift+Tab: what the name at the caret is. It goes when something is typed or the caret moves; pressed
 * again, it is kept elsewhere. Part of the editor's chunk; what is shown is drawn by whoever answered.
 */
import type { CompletionInfo } from "@codemirror/autocomplete";
import { StateEffect, StateField } from "@codemirror/state";
import { type Command, type EditorView, showTooltip, type TooltipView } from "@codemirror/view";
import { editorText } from "../i18n/editor";

/** What is known of a name. */
export interface Documentation {
  /** Draws it into an element; gives back how to clear that. */
  draw(into: HTMLElement): () => void;
  /** Keeps it where it stays in sight. */
  pin(): void;
}

/** Offsets count UTF-16 units. Null when nothing is known. */
export type Inspect = (code: string, cursor: number) => Promise<Documentation | null>;

interface Shown {
  readonly at: number;
  readonly documentation: Documentation;
}

const show = StateEffect.define<Shown | null>();

export const documentationTooltip = StateField.define<Shown | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return transaction.docChanged || transaction.selection !== undefined ? null : shown;
  },
  provide: (field) =>
    showTooltip.from(field, (shown) =>
      shown === null ? null : { pos: shown.at, above: false, create: () => tooltip(shown.documentation) },
    ),
});

/** The first time it is shown, the second time it is kept. */
export function showDocumentation(view: EditorView, inspect: Inspect): boolean {
  const shown = view.state.field(documentationTooltip);
  if (shown !== null) {
    view.dispatch({ effects: show.of(null) });
    shown.documentation.pin();
    return true;
  }
  const { doc, selection } = view.state;
  const at = selection.main.head;
  void inspect(doc.toString(), at)
    .catch(() => null)
    .then((documentation) => {
      const isHere = view.state.doc.eq(doc) && view.state.selection.eq(selection);
      if (documentation !== null && isHere) view.dispatch({ effects: show.of({ at, documentation }) });
    });
  return true;
}

export const hideDocumentation: Command = (view) => {
  if (view.state.field(documentationTooltip) === null) return false;
  view.dispatch({ effects: show.of(null) });
  return true;
};

/** An element with the documentation in it, beside a list of completions. */
export function drawn(documentation: Documentation): NonNullable<CompletionInfo> {
  const dom = document.createElement("div");
  const destroy = documentation.draw(dom);
  return { dom, destroy };
}

function tooltip(documentation: Documentation): TooltipView {
  const dom = document.createElement("div");
  dom.className = "cm-documentation";
  dom.role = "region";
  dom.ariaLabel = editorText.documentation;
  dom.ariaLive = "polite";
  const body = document.createElement("div");
  const destroy = documentation.draw(body);
  const hint = document.createElement("p");
  hint.className = "cm-documentation-hint";
  hint.textContent = editorText.pinHint;
  dom.append(body, hint);
  return { dom, destroy };
}
