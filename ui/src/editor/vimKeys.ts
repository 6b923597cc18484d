/** Vim's keys for the live editor: a chunk of its own, fetched when somebody has chosen them. */
import { type Extension, Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { getCM, vim } from "@replit/codemirror-vim";

/** `leave` is called by Escape where Vim has nothing to leave: in normal mode, with no command begun. */
export function vimKeys(leave: () => void): Extension {
  const outermost = EditorView.domEventHandlers({
    keydown(event, view) {
      if (event.key !== "Escape" || !isAtRest(view)) return false;
      event.preventDefault();
      leave();
      return true;
    },
  });
  return [Prec.highest(outermost), vim()];
}

function isAtRest(view: EditorView): boolean {
  const state = getCM(view)?.state.vim as
    | { insertMode?: boolean; visualMode?: boolean; inputState?: { keyBuffer?: readonly string[]; operator?: unknown } }
    | null
    | undefined;
  if (state == null || state.insertMode === true || state.visualMode === true) return false;
  return (state.inputState?.keyBuffer?.length ?? 0) === 0 && state.inputState?.operator == null;
}
