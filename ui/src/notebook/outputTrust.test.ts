import { expect, test } from "vitest";
import type { Output } from "../wire/outputs";
import type { Edit } from "./edits";
import { NotebookStore } from "./notebookStore";
import { OutputTrust } from "./outputTrust";

const output = (html: string): Output => ({ output_type: "display_data", data: { "text/html": html }, metadata: {} });

function opened(...htmls: string[]): { readonly store: NotebookStore; readonly trust: OutputTrust } {
  const store = new NotebookStore("a.ipynb");
  const cells = htmls.map((html, at) => ({
    id: `c${at}`,
    cell_type: "code" as const,
    source: "",
    metadata: {},
    outputs: [output(html)],
  }));
  store.show({ cells, metadata: {} });
  return { store, trust: new OutputTrust(store) };
}

function untrusted(store: NotebookStore, ...ids: string[]): void {
  store.setDocument({ ...store.document.peek(), untrusted: ids });
}

test("what the server has not named may run", () => {
  const { store, trust } = opened("<script>1</script>", "<script>2</script>");
  untrusted(store, "c0");
  expect([trust.isTrusted("c0"), trust.isTrusted("c1")]).toEqual([false, true]);
});

test("scripts are said to be off where there is one, and not for a table", () => {
  const { store, trust } = opened("<table></table>", "<script>1</script>");
  untrusted(store, "c0");
  expect(trust.scriptsOff.value).toBe(false);
  untrusted(store, "c0", "c1");
  expect(trust.scriptsOff.value).toBe(true);
});

test.each<Edit>([
  {
    op: "insert_cell",
    after: null,
    cell: { id: "c0", cell_type: "code", source: "", metadata: {}, outputs: [output("")] },
  },
  { op: "set_outputs", cell: "c0", outputs: [output("")] },
])("outputs that the page brings in wait until the server has heard of them: %j", (edit) => {
  const { store, trust } = opened("<script>1</script>");
  trust.edits([edit]);
  store.setUnconfirmed(true);
  expect(trust.isTrusted("c0")).toBe(false);
  store.setUnconfirmed(false);
  expect(trust.isTrusted("c0")).toBe(true);
});

test("other edits wait for nothing", () => {
  const { trust } = opened("<script>1</script>");
  trust.edits([{ op: "clear_outputs", cell: "c0" }]);
  expect(trust.isTrusted("c0")).toBe(true);
});
