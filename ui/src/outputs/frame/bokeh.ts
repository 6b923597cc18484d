/**
 * Bokeh's two outputs, a place and a script that fills it, as one script for one frame: the places are made in it.
 *
 * Source of truth: bokeh/embed/notebook.py, bokeh/core/_templates/doc_nb_js.js.
 */

/** The script, with the elements that it will look for. */
export function bokehScript(source: string): string {
  const ids = [...source.matchAll(/"roots":\s*(\{[^{}]*\})/g)].flatMap(([, roots = "{}"]) => idsIn(roots));
  const make = `for(const id of ${JSON.stringify(ids)}){const place=document.createElement("div");place.id=id;element.append(place)}`;
  return `${make}\n${source}`;
}

/** `{"p1008":"f5966a45-…"}`: a model, and the element that it is put into. */
function idsIn(roots: string): readonly string[] {
  try {
    return Object.values(JSON.parse(roots) as Record<string, unknown>).filter((id) => typeof id === "string");
  } catch {
    return [];
  }
}
