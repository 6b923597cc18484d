/** Asks a notebook's kernel what a name is, and has the answer drawn by a chunk that comes with the first one. */
import type { Documentation } from "../../editor/documentation";
import type { OpenNotebook } from "../openNotebook";

export async function inspectIn(notebook: OpenNotebook, code: string, cursor: number): Promise<Documentation | null> {
  const [data, { drawDocumentation }] = await Promise.all([
    notebook.kernel.inspect(code, cursor),
    import("./DocumentationView"),
  ]);
  if (data === null) return null;
  return {
    draw: (into) => drawDocumentation(into, data, notebook.store.folder.peek()),
    pin: () => {
      notebook.pinned.value = data;
      notebook.inspector.page.value = "help";
    },
  };
}
