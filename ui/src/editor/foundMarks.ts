/** What was found in the text of the live editor, marked as in static code. Part of the editor's chunk. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Found } from "./staticCode";

const found = StateEffect.define<readonly Found[]>();
const MARKS = [Decoration.mark({ class: "found" }), Decoration.mark({ class: "found found-now" })] as const;

export const foundMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(found)) continue;
      const end = transaction.newDoc.length;
      const inside = effect.value.filter(({ from, to }) => from < to && to <= end);
      now = Decoration.set(inside.map(({ from, to, current }) => MARKS[current ? 1 : 0].range(from, to)));
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function setFound(view: EditorView, marks: readonly Found[]): void {
  if (marks.length === 0 && view.state.field(foundMarks, false)?.size === 0) return;
  view.dispatch({ effects: found.of(marks) });
}
