/** What every cell's editor has: keys, history, brackets, multiple cursors, colours of magics. Part of the editor's chunk. */
import { completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, deleteLine, history, historyKeymap, indentLess } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { selectNextOccurrence } from "@codemirror/search";
import { EditorState, type Extension, Prec, RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  rectangularSelection,
  ViewPlugin,
} from "@codemirror/view";
import { isComposing } from "../design/composing";
import { caretBlink } from "./caretBlink";
import { completeOrIndent } from "./completion";
import { documentationTooltip, hideDocumentation, type Inspect, showDocumentation } from "./documentation";
import { findMagics } from "./magics";
import { tokenClasses } from "./tokenClasses";

/** How the editor speaks to what is around it. */
export interface Surroundings {
  /** What is known of a name; absent where nothing can be asked. */
  inspect?: Inspect;
  leave(how: "escape" | "up" | "down"): void;
  /** The shell's keymap; true when it has acted. */
  key(event: KeyboardEvent): boolean;
}

export function editorSetup(around: Surroundings): Extension {
  return [
    outsideKeys(around),
    highlightSpecialChars(),
    history(),
    drawSelection({ cursorBlinkRate: 0 }),
    caretBlink,
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(4),
    rectangularSelection(),
    indentOnInput(),
    bracketMatching(),
    syntaxHighlighting(tokenClasses),
    documentationTooltip,
    keymap.of([
      { key: "ArrowUp", run: (view) => atEdge(view, "up") && (around.leave("up"), true) },
      { key: "ArrowDown", run: (view) => atEdge(view, "down") && (around.leave("down"), true) },
      { key: "Escape", run: hideDocumentation },
      { key: "Escape", run: () => (around.leave("escape"), true) },
      { key: "Tab", run: completeOrIndent, shift: (view) => documentOrDedent(view, around.inspect ?? null) },
      { key: "Mod-d", run: deleteLine, preventDefault: true },
      { key: "Mod-Shift-d", run: selectNextOccurrence, preventDefault: true },
      ...defaultKeymap,
      ...historyKeymap,
    ]),
  ];
}

const LIST_KEYS = new Set(["Escape", "Enter", "Tab", "ArrowUp", "ArrowDown", "PageUp", "PageDown"]);

/** The shell hears a key before the editor does, but for the keys of an open completion list and of an input method. */
function outsideKeys(around: Surroundings): Extension {
  return Prec.highest(
    EditorView.domEventHandlers({
      keydown(event, view) {
        if (isComposing(event) || view.composing) return false;
        const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
        if (plain && LIST_KEYS.has(event.key) && completionStatus(view.state) !== null) return false;
        if (!around.key(event)) return false;
        event.preventDefault();
        return true;
      },
    }),
  );
}

/** Shift+Tab: what the name at the caret is; before the text of a line, and over a selection, it dedents. */
function documentOrDedent(view: EditorView, inspect: Inspect | null): boolean {
  const { main, ranges } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  const isBeforeText = view.state.sliceDoc(line.from, main.head).trim() === "";
  if (inspect === null || ranges.length > 1 || !main.empty || isBeforeText) return indentLess(view);
  return showDocumentation(view, inspect);
}

/** Whether the only cursor is on the first or last line that is seen; wrapped lines are several. */
function atEdge(view: EditorView, way: "up" | "down"): boolean {
  const { main, ranges } = view.state.selection;
  if (ranges.length > 1 || !main.empty) return false;
  const { doc } = view.state;
  const line = doc.lineAt(main.head);
  if (line.number !== (way === "up" ? 1 : doc.lines)) return false;
  if (!view.lineWrapping) return true;
  const here = view.coordsAtPos(main.head, main.assoc < 0 ? -1 : 1);
  const edge = way === "up" ? view.coordsAtPos(0, 1) : view.coordsAtPos(doc.length, -1);
  return here === null || edge === null || Math.abs(here.top - edge.top) < 4;
}

const magicMark = Decoration.mark({ class: "tok-magic" });

/** Colours what the grammar was not shown (see magics.ts). For Python cells. */
export const magicColours = ViewPlugin.define(
  (view) => ({
    decorations: magicDecorations(view.state),
    update(update) {
      if (update.docChanged) this.decorations = magicDecorations(update.state);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

function magicDecorations(state: EditorState): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of findMagics(state.doc.toString())?.ranges ?? []) builder.add(from, to, magicMark);
  return builder.finish();
}
