import { afterEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fakeServer";
import { newCell } from "../model";
import { openNotebook, type OpenNotebook } from "../openNotebook";
import { exportAsPdf } from "./exportPdf";

let notebook: OpenNotebook | null = null;
let asked: string[] = [];

interface Answers {
  readonly choose?: unknown;
  readonly print?: () => Promise<unknown>;
}

/** A notebook in a native window that answers so. */
async function open({ choose = true, print = () => Promise.resolve("") }: Answers): Promise<OpenNotebook> {
  asked = [];
  const api = {
    choose_pdf: (name: string) => Promise.resolve((asked.push(`choose ${name}`), choose)),
    print_pdf: () => (asked.push(`print ${document.querySelector(".paper-sheet")?.textContent ?? "nothing"}`), print()),
    cancel_pdf: () => Promise.resolve(void asked.push("cancel")),
  };
  vi.stubGlobal("pywebview", { api });
  vi.stubGlobal("WebSocket", new FakeServer([newCell("c", "code", "x = 1")]).socketClass());
  const opened = (notebook = openNotebook("trees.ipynb", { run: (id) => void asked.push(id) }));
  await vi.waitFor(() => expect(opened.store.load.value.at).toBe("ready"));
  return opened;
}

afterEach(() => {
  notebook?.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("the window is asked where to, and prints when all of the notebook is on the sheet", async () => {
  await exportAsPdf(await open({}), "trees");
  expect(asked).toEqual(["choose trees.pdf", "print [ ]x = 1"]);
  expect(document.querySelector(".paper-sheet")).toBeNull();
});

test("who wants no file gets none", async () => {
  await exportAsPdf(await open({ choose: false }), "trees");
  expect(asked).toEqual(["choose trees.pdf"]);
});

test("a window that prints no files has the system's dialog", async () => {
  await exportAsPdf(await open({ choose: null }), "trees");
  expect(asked).toEqual(["choose trees.pdf", "document.print"]);
});

test("why there is no file comes out, and the sheet goes", async () => {
  const opened = await open({ print: () => Promise.resolve("The disk is full.") });
  await expect(exportAsPdf(opened, "trees")).rejects.toThrow("The disk is full.");
  expect(document.querySelector(".paper-sheet")).toBeNull();
});

test("one that is given up while it is printed keeps nothing", async () => {
  let finish: (said: string) => void = () => undefined;
  const opened = await open({ print: () => new Promise<string>((resolve) => (finish = resolve)) });
  const exported = exportAsPdf(opened, "trees");
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  opened.exporting.cancel();
  finish("");
  await exported;
  expect(asked.at(-1)).toBe("cancel");
});
