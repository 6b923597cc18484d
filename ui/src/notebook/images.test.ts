import { afterEach, expect, test, vi } from "vitest";
import { FakeServer } from "./fakeServer";
import { insertImages, isImage, pastedImages, pasteImages, takesImages } from "./images";
import { type Cell, newCell } from "./model";
import { openNotebook, type OpenNotebook } from "./openNotebook";

let server: FakeServer;
let notebook: OpenNotebook;

async function open(...cells: readonly Cell[]): Promise<void> {
  server = new FakeServer(cells);
  vi.stubGlobal("WebSocket", server.socketClass());
  notebook = openNotebook("n.ipynb");
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
}
const image = (name = "image.png", type = "image/png") => new File(["hi"], name, { type });
const transfer = (files: readonly File[], text = "") => ({ files, getData: () => text }) as unknown as DataTransfer;

afterEach(() => {
  notebook.close();
  vi.unstubAllGlobals();
});

test("a paste is of images when it has no text", async () => {
  await open();
  expect(pastedImages(transfer([image(), image("a.txt", "text/plain")])).map((file) => file.name)).toEqual([
    "image.png",
  ]);
  expect(pastedImages(transfer([image()], "1\t2"))).toEqual([]);
  expect(pastedImages(null)).toEqual([]);
});

test("pictures are those that every browser shows", async () => {
  await open();
  const types = ["image/png", "image/jpeg", "image/svg+xml", "image/tiff", "application/pdf", ""];
  expect(types.map((type) => isImage(image("x", type)))).toEqual([true, true, true, false, false, false]);
});

test("the active markdown cell gets the image at its end, and one step takes both back", async () => {
  await open(newCell("m", "markdown", "text"));
  await pasteImages(notebook, [image()]);
  await vi.waitFor(() => expect(server.sources).toEqual(["m:text\n\n![image.png](attachment:image.png)"]));
  expect(server.notebook.cells[0]?.attachments).toEqual({ "image.png": { "image/png": "aGk=" } });
  notebook.undo();
  await vi.waitFor(() => expect(server.sources).toEqual(["m:text"]));
  expect(server.notebook.cells[0]?.attachments).toBeUndefined();
});

test("beside a code cell the image gets a cell of its own", async () => {
  await open(newCell("c", "code", "1"), newCell("d", "code", "2"));
  await pasteImages(notebook, [image()]);
  await vi.waitFor(() => expect(server.sources).toEqual(["c:1", "m:![image.png](attachment:image.png)", "c:2"]));
});

test("code that is being edited takes no images", async () => {
  await open(newCell("c", "code", "1"), newCell("m", "markdown", "t"));
  notebook.store.selection.edit("c");
  expect(takesImages(notebook)).toBe(false);
  notebook.store.selection.edit("m");
  expect(takesImages(notebook)).toBe(true);
});

test("images can be put between two cells", async () => {
  await open(newCell("c", "code", "1"), newCell("d", "code", "2"));
  await insertImages(notebook, null, [image("a.png"), image("b.png")]);
  await vi.waitFor(() => expect(server.sources[0]).toBe("m:![a.png](attachment:a.png)\n![b.png](attachment:b.png)"));
});
