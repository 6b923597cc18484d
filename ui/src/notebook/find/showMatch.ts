/** Brings what was found onto the screen. A Markdown cell shows its text for it, for only there is the place exact. */
import { showOutput } from "../ManyOutputs";
import type { OpenNotebook } from "../openNotebook";
import type { Match } from "./search";

export function showMatch(notebook: OpenNotebook, match: Match): void {
  const { store } = notebook;
  store.selection.select(match.cell);
  if (match.output === null && store.cell(match.cell)?.peek().cell_type === "markdown") store.showText(match.cell);
  if (match.output !== null) {
    const outputs = store.cell(match.cell)?.peek().outputs ?? [];
    showOutput(notebook.outputHost.memory, match.cell, outputs.length, match.output);
  }
  notebook.page?.reveal(match.cell);
  requestAnimationFrame(() => {
    const shell = notebook.page?.shellOf(match.cell);
    const mark = shell?.querySelector(".found-now");
    const output = shell?.querySelector(`[data-output="${CSS.escape(`${match.cell}/${match.output}`)}"]`);
    (mark ?? output)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
