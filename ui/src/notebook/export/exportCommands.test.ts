import { afterEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fakeServer";
import { newCell } from "../model";
import { openNotebook, type OpenNotebook } from "../openNotebook";

let notebook: OpenNotebook | null = null;
let saved: { name: string; content: Blob }[] = [];

async function open(run?: (id: string) => void): Promise<(id: string) => unknown> {
  saved = [];
  vi.stubGlobal("WebSocket", new FakeServer([newCell("c", "code", "x = 1")]).socketClass());
  const blobs: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, content: blobs.at(-1) ?? new Blob() });
  });
  const opened = (notebook = openNotebook("folder/trees.ipynb", run === undefined ? {} : { run }));
  await vi.waitFor(() => expect(opened.store.load.value.at).toBe("ready"));
  return (id) => opened.commands.find((one) => one.id === id)?.run();
}

afterEach(() => {
  notebook?.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("HTML is made in the page and kept under the notebook's name", async () => {
  const run = await open();
  await run("document.export-html");
  expect(saved[0]?.name).toBe("a.html");
  expect(await saved[0]?.content.text()).toContain('<span class="tok-operator">=</span>');
});

test("a script is what the server makes of the notebook that is shown", async () => {
  const asked: unknown[] = [];
  const run = await open();
  vi.stubGlobal("fetch", (url: URL, { body }: RequestInit) => {
    asked.push(url.pathname, JSON.parse(body as string));
    return Promise.resolve(Response.json({ ending: ".jl", content: "x = 1\n" }));
  });
  await run("document.export-script");
  expect([saved[0]?.name, await saved[0]?.content.text()]).toEqual(["a.jl", "x = 1\n"]);
  expect(asked[0]).toBe("/api/adrastea/export/py");
  expect(asked[1]).toMatchObject({ notebook: { cells: [{ source: "x = 1" }] } });
});

test("what could not be made is said", async () => {
  const run = await open();
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ message: "Too large." }, { status: 413 })));
  await run("document.export-markdown");
  expect(saved).toEqual([]);
  expect(notebook?.store.notice.value?.message).toBe("The notebook could not be exported: Too large.");
});

test("PDF is made by printing", async () => {
  const run: string[] = [];
  const command = await open((id) => void run.push(id));
  await command("document.export-pdf");
  expect(run).toEqual(["document.print"]);
});
