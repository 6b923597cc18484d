import { expect, test } from "vitest";
import { type FileContent, TextFileStore } from "./textFileStore";
import { textPaper } from "./textPaper";

async function print(path: string, text: string | null): Promise<HTMLElement> {
  const content: FileContent = { path, text, mimetype: null, writable: true, size: 9 };
  const store = new TextFileStore(path, { read: () => Promise.resolve(content), write: () => Promise.resolve() });
  await store.open();
  const paper = textPaper(store, (file) => `files/${file}`);
  const sheet = document.createElement("div");
  await paper.prepare();
  paper.draw(sheet);
  return sheet;
}

test("a file's text is on it as it stands in the editor, with its colours", async () => {
  const sheet = await print("a.py", "import <os>\n");
  expect(sheet.textContent.trim()).toBe("import <os>");
  expect(sheet.querySelector(".tok-keyword")?.textContent).toBe("import");
});

test("a picture is on it, and a file that is neither leaves it empty", async () => {
  const sheet = await print("plots/a.png", null);
  expect([sheet.querySelector("img")?.getAttribute("src"), sheet.querySelector("img")?.alt]).toEqual([
    "files/plots/a.png",
    "a.png",
  ]);
  expect((await print("a.bin", null)).childNodes.length).toBe(0);
});
