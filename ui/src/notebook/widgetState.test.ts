import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "./fakeServer";
import { newCell } from "./model";
import { openNotebook, type OpenNotebook } from "./openNotebook";

const VIEW = "application/vnd.jupyter.widget-view+json";
const STATE = "application/vnd.jupyter.widget-state+json";

let server: FakeServer;
let notebook: OpenNotebook;

beforeEach(async () => {
  const output = { output_type: "display_data", data: { [VIEW]: { model_id: "m" } }, metadata: {} } as const;
  server = new FakeServer([{ ...newCell("c", "code", "slider"), outputs: [output] }]);
  vi.stubGlobal("WebSocket", server.socketClass());
  notebook = openNotebook("a.ipynb");
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
});

afterEach(() => notebook.close());

const run = async (id: string) => notebook.commands.find((one) => one.id === `notebook.${id}`)?.run();
const said = () => notebook.store.notice.value?.message;

async function kernelHas(models: readonly object[]): Promise<void> {
  await vi.waitFor(() => expect(server.asked).toContainEqual(expect.objectContaining({ type: "widgets" })));
  server.say({ type: "widgets", begins: true, more: false, seen: 0, models, closed: [] });
}

test("the state is written into the notebook, its size is said, and it can be undone", async () => {
  const saving = run("save-widget-state");
  await kernelHas([{ model: "m", whole: true, alive: true, state: { _model_name: "IntSliderModel", value: 3 } }]);
  await saving;
  expect(server.notebook.metadata).toMatchObject({ widgets: { [STATE]: { state: { m: { state: { value: 3 } } } } } });
  expect(said()).toMatch(/^The state of 1 widget model is in the notebook now: \d+ bytes\.$/);
  notebook.undo();
  expect(server.notebook.metadata).toEqual({});
});

test("it is taken out when asked", async () => {
  await run("clear-widget-state");
  expect(said()).toContain("No state of widgets is saved");
  notebook.change({ edits: [{ op: "set_notebook_metadata", metadata: { widgets: { [STATE]: {} } } }] });
  await run("clear-widget-state");
  expect(server.notebook.metadata).toEqual({});
});

test("widgets that are not there any more are not written over what is saved", async () => {
  const saving = run("save-widget-state");
  await kernelHas([]);
  await saving;
  expect(said()).toContain("run their cells first");
  expect(server.notebook.metadata).toEqual({});
});
