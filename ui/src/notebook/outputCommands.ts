/** What can be done with the outputs of the active cell, by the keyboard: each is on the output's own menu or bar too. */
import { copyText } from "../design/copyText";
import { notebookText } from "../i18n/notebook";
import { stripAnsi } from "../outputs/ansi";
import { plainText } from "../outputs/mimebundle";
import type { Output } from "../wire/outputs";
import type { CommandSketch } from "./commands";
import type { Cell } from "./model";
import type { OpenNotebook } from "./openNotebook";
import { shownText } from "../outputs/terminal";

const { commands: titles, categories, notices } = notebookText;

export function outputCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store } = notebook;
  const cell = (): Cell | undefined => {
    const id = store.selection.active.value;
    return id === null ? undefined : store.cell(id)?.value;
  };
  const hasOutput = (): boolean => (cell()?.outputs ?? []).length > 0;
  const sketch = (id: string, title: string, run: (cell: Cell) => void | Promise<void>): CommandSketch => ({
    id: `notebook.${id}`,
    title,
    category: categories.cell,
    enabled: hasOutput,
    run: () => {
      const active = cell();
      return active === undefined ? undefined : run(active);
    },
  });
  return [
    sketch("output-actions", titles.outputActions, ({ id }) => {
      notebook.page?.pressIn(id, "[data-output-menu] button");
    }),
    sketch("find-in-output", titles.findInOutput, ({ id }) => {
      if (notebook.page?.pressIn(id, "[data-find-output] button") === false) store.notify(notices.noLongOutput);
    }),
    sketch("open-output", titles.openOutput, ({ id }) => notebook.outputHost.openOutput(`${id}/0`)),
    sketch("copy-output", titles.copyOutput, async ({ outputs = [] }) => {
      const copied = await copyText(outputs.map(textOf).join("\n"));
      store.notify(copied ? notices.outputCopied : notices.outputNotCopied);
    }),
  ];
}

/** An output as text, as far as it has one. */
export function textOf(output: Output): string {
  switch (output.output_type) {
    case "stream":
      return stripAnsi(shownText(output.text));
    case "error":
      return stripAnsi(output.traceback.join("\n"));
    case "unknown":
      return JSON.stringify(output.raw, null, 2);
    case "display_data":
    case "execute_result":
      return stripAnsi(plainText(output.data) ?? "");
  }
}
