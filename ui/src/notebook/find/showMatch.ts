/** Brings what was found onto the screen. A Markdown cell shows its text for it, for only there is the place exact. */
import type { OpenNotebook } from "../openNotebook";
import type { Match } from "./search";

export function showMatch(notebook: OpenNotebook, match: Match): void {
  const { store } = notebook;
  store.selection.select(match.cell);
  if (match.output === null && store.cell(match.cell)?.peek().cell_type === "markdown") store.showText(match.cell);
  notebook.page?.reveal(match.cell);
  requestAnimationFrame(() => {
    const shell = notebook.page?.shellOf(match.cell);
    const mark = shell?.querySelector(".found-now");
    if (mark != null) mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    else if (match.output !== null)
      shell?.querySelector("[data-searched=outputs]")?.scrollIntoView({ block: "nearest" });
  });
}
