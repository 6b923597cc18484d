import { expect, test, vi } from "vitest";
import type { Output } from "../wire/outputs";
import { newCell } from "./model";
import { openNotebook } from "./openNotebook";
import { textOf } from "./outputCommands";

const STREAM: Output = { output_type: "stream", name: "stdout", text: "\u001b[31mred\u001b[0m" };

test.each<[Output, string]>([
  [STREAM, "red"],
  [{ output_type: "error", ename: "E", evalue: "v", traceback: ["one", "two"] }, "one\ntwo"],
  [{ output_type: "display_data", data: { "text/plain": ["a", "b"], "text/html": "<b>" }, metadata: {} }, "ab"],
  [{ output_type: "display_data", data: { "image/png": "AA" }, metadata: {} }, ""],
  [{ output_type: "unknown", raw: 1 }, "1"],
])("%j as text is %j", (output, text) => expect(textOf(output)).toBe(text));

test("the output of the active cell is copied, and a cell without any has nothing to copy", async () => {
  const written: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: (text: string) => Promise.resolve(void written.push(text)) } });
  const notebook = openNotebook("n.ipynb");
  const cells = [{ ...newCell("a", "code"), outputs: [STREAM] }, newCell("b", "code")];
  notebook.store.show({ metadata: {}, cells });
  notebook.store.ready({
    document: notebook.store.document.peek(),
    kernel: notebook.store.kernel.peek(),
    run: notebook.store.run.peek(),
    input: null,
  } as unknown as Parameters<typeof notebook.store.ready>[0]);
  const copy = notebook.commands.find(({ id }) => id === "notebook.copy-output");
  notebook.store.selection.select("b");
  expect(copy?.enabled()).toBe(false);
  notebook.store.selection.select("a");
  expect(copy?.enabled()).toBe(true);
  await copy?.run();
  expect(written).toEqual(["red"]);
  notebook.close();
});
