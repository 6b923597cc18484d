import { afterEach, expect, test, vi } from "vitest";
import { FakeServer } from "./fakeServer";
import { imageIn } from "./imageCommands";
import { type Cell, newCell } from "./model";
import { openNotebook, type OpenNotebook } from "./openNotebook";

let notebook: OpenNotebook | null = null;

function shows(...bundles: readonly Record<string, string>[]): Cell {
  const outputs = bundles.map((data) => ({ output_type: "display_data" as const, data, metadata: {} }));
  return { ...newCell("c", "code", "plot()"), outputs };
}
async function open(cell: Cell, copyImage?: (png: Blob) => Promise<boolean>): Promise<(id: string) => unknown> {
  vi.stubGlobal("WebSocket", new FakeServer([cell]).socketClass());
  const opened = (notebook = openNotebook("folder/plots.ipynb", copyImage === undefined ? {} : { copyImage }));
  await vi.waitFor(() => expect(opened.store.load.value.at).toBe("ready"));
  return (id) => opened.commands.find((one) => one.id === id)?.run();
}

afterEach(() => {
  notebook?.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("the image is the first one that is shown, in the form in which it is shown", async () => {
  const both = shows({ "text/plain": "x" }, { "image/svg+xml": "<svg/>", "image/png": "aGk=" });
  expect([imageIn(both)?.type, await imageIn(both)?.text()]).toEqual(["image/svg+xml", "<svg/>"]);
  expect(await imageIn(shows({ "image/jpeg": "aG\nk=\n" }))?.text()).toBe("hi");
  expect([imageIn(shows({ "text/html": "<img>" })), imageIn(newCell("m", "markdown")), imageIn(undefined)]).toEqual([
    null,
    null,
    null,
  ]);
});

test("a PNG is copied as it is, and the user hears of it", async () => {
  const copied: string[] = [];
  const run = await open(shows({ "image/png": "aGk=" }), async (png) => copied.push(await png.text()) > 0);
  await run("notebook.copy-image");
  expect([copied, notebook?.store.notice.value?.message]).toEqual([["hi"], "The image is on the clipboard."]);
});

test("a clipboard that takes no images is said", async () => {
  const run = await open(shows({ "image/png": "aGk=" }), () => Promise.resolve(false));
  await run("notebook.copy-image");
  expect(notebook?.store.notice.value?.message).toBe("The image could not be copied.");
});

test("an image is saved under the notebook's name and the cell's place", async () => {
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const run = await open(shows({ "image/jpeg": "aGk=" }));
  run("notebook.save-image");
  expect(names).toEqual(["a-1.jpg"]);
});

test("where there is no image there is nothing to copy", async () => {
  await open(newCell("c", "code", "1"));
  const enabled = notebook?.commands.filter((one) => one.id.endsWith("-image")).map((one) => one.enabled());
  expect(enabled).toEqual([false, false]);
});
