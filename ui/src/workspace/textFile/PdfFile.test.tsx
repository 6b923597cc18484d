// @vitest-environment jsdom
// happy-dom tries to load the frame.
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PdfFile } from "./PdfFile";

let root: HTMLElement;
let bytes: Uint8Array<ArrayBuffer>;
let total: number;
let opened: boolean;

const buttons = (): readonly string[] =>
  [...root.querySelectorAll("button, a")].map((one) => one.textContent).filter((label) => label !== "");
const press = (label: string): Promise<void> =>
  act(() => [...root.querySelectorAll("button")].find((one) => one.textContent === label)?.click());
const seen = (wanted: string | RegExp): Promise<void> => vi.waitFor(() => expect(root.textContent).toMatch(wanted));

async function show(native = false): Promise<void> {
  const open = native ? () => Promise.resolve(opened) : null;
  await act(() => render(<PdfFile path="a/report.pdf" url="files/a/report.pdf" openInSystem={open} />, root));
}

beforeEach(() => {
  Object.assign(URL, { createObjectURL: () => "blob:pdf", revokeObjectURL: () => undefined }); // jsdom has none
  Object.assign(navigator, { pdfViewerEnabled: true });
  root = document.createElement("div");
  document.body.append(root);
  bytes = new TextEncoder().encode("%PDF-1.7\n…");
  total = bytes.length;
  vi.stubGlobal("fetch", (_: URL, init: RequestInit) => {
    const range = new Headers(init.headers).has("Range");
    const headers: Record<string, string> = range ? { "Content-Range": `bytes 0-1023/${total}` } : {};
    return Promise.resolve(new Response(bytes, { status: range ? 206 : 200, headers }));
  });
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

test("a PDF file is drawn by the engine, and can be downloaded and read again", async () => {
  await show();
  await vi.waitFor(() => expect(root.querySelector("iframe")?.src).toMatch(/^blob:pdf#/));
  expect(root.querySelector("iframe")?.title).toBe("report.pdf");
  expect(buttons()).toEqual(["Reload", "Download"]);
});

test("where the engine has no viewer the system's is offered, and says when there is none either", async () => {
  Object.assign(navigator, { pdfViewerEnabled: false });
  opened = false;
  await show(true);
  await seen("There is nothing here that shows PDF");
  expect([buttons(), root.querySelector("iframe")]).toEqual([["Open with the system's viewer", "Download"], null]);
  await press("Open with the system's viewer");
  await seen("The system has opened nothing for it.");
});

test("a large one waits until it is asked for", async () => {
  total = 60_000_000;
  await show();
  await seen("PDF, 60 MB");
  expect(root.querySelector("iframe")).toBeNull();
  await press("Show it");
  await vi.waitFor(() => expect(root.querySelector("iframe")).not.toBeNull());
});

test("what only has the name of a PDF never reaches the viewer", async () => {
  bytes = new TextEncoder().encode("<script>alert(1)</script>");
  await show();
  await seen("has the name of a PDF, and is none");
  expect([buttons(), root.querySelector("iframe")]).toEqual([["Reload", "Download"], null]);
});

test("a file that cannot be read says why, and is read again", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"message": "It is gone."}', { status: 404 })));
  await show();
  await seen("It is gone.");
  expect(buttons()).toEqual(["Reload"]);
});
