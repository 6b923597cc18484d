/**
 * “Export as PDF…”: the native window asks where to and writes the file; in a browser, and in a window that cannot, the
 * system's dialog for printing offers one.
 */
import { Printing } from "../../design/printing";
import { choosePdf, printPdf } from "../../design/windowPdf";
import { serverSays } from "../../i18n/language";
import { sentenceOf } from "../../i18n/sentenceOf";
import { paperOf } from "../NotebookPaper";
import type { OpenNotebook } from "../openNotebook";

const BREATH = 40; // milliseconds of work, then the window may be drawn and a click be heard

export async function exportAsPdf(notebook: OpenNotebook, stem: string): Promise<void> {
  const { store, exporting } = notebook;
  const chosen = await choosePdf(`${stem}.pdf`);
  if (chosen === null) {
    notebook.runCommand("document.print");
    return;
  }
  if (!chosen) return;
  const paper = paperOf(notebook);
  const printing = new Printing(window, () => paper);
  try {
    const all = store.notebook.cells.length;
    await exporting.run(all, async (told, signal) => {
      let since = performance.now();
      await printing.lay(async (done) => {
        told(done);
        if (performance.now() - since > BREATH) await drawn();
        since = performance.now();
        signal.throwIfAborted();
      });
      told(all);
      await drawn();
      await printPdf(signal);
    });
  } catch (error) {
    throw new Error(serverSays(sentenceOf(error)), { cause: error });
  } finally {
    printing.clear();
  }
}

/** Resolves when the window has been drawn, or would have been: a hidden one is not. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 100);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
