// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { showExport } from "./exportPage";

const NOTEBOOK = { metadata: {}, cells: [{ id: "a", cell_type: "markdown", metadata: {}, source: "<i>text</i>" }] };

afterEach(() => {
  vi.unstubAllGlobals();
});

async function shown(answer: Response): Promise<Document> {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (url: URL) => {
    asked.push(url.pathname);
    return Promise.resolve(answer);
  });
  const page = document.implementation.createHTMLDocument("");
  await showExport(new URLSearchParams({ export: "home/a b/trees.ipynb", title: "trees", input: "1" }), page);
  expect(asked[0]).toBe("/api/contents/home/a%20b/trees.ipynb");
  return page;
}

test("the page leaves the exported file in itself, as text", async () => {
  const page = await shown(Response.json({ content: NOTEBOOK }));
  expect(page.getElementById("exported")?.textContent).toContain("<title>trees</title>");
  expect(page.querySelector("i")).toBeNull();
});

test("what could not be read is said in its place", async () => {
  const page = await shown(Response.json({ message: "It is not there." }, { status: 404 }));
  expect(page.getElementById("export-failed")?.textContent).toBe("It is not there.");
});
