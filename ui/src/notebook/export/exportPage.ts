/**
 * The page that `adrastea export` has a browser make: not to be looked at. It reads the notebook that the address names
 * and leaves the exported file in itself, as text, for the program to take from there; or a sentence about why not.
 */
import { sentenceOf } from "../../i18n/sentenceOf";
import { encodePath, request, requestBytes } from "../../wire/http";
import { asObject } from "../../wire/parse";
import { languageIn } from "../metadataNames";
import type { Notebook } from "../model";
import { notebookOf } from "../wireForm";
import { exportHtml } from "./exportHtml";

export async function showExport(asked: URLSearchParams, page: Document): Promise<void> {
  try {
    leave(page, "exported", (await exported(asked, page)).join(""));
  } catch (error) {
    leave(page, "export-failed", sentenceOf(error));
  }
}

async function exported(asked: URLSearchParams, page: Document): Promise<readonly string[]> {
  const path = asked.get("export") ?? "";
  const notebook = await request("GET", `api/contents/${encodePath(path)}?type=notebook&content=1`, contentOf);
  return exportHtml(notebook, {
    title: asked.get("title") ?? path,
    pageLanguage: page.documentElement.lang,
    language: languageIn(notebook.metadata),
    folder: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "",
    withInput: asked.get("input") !== "0",
    load: requestBytes,
  });
}

function contentOf(raw: unknown): Notebook {
  return notebookOf(asObject(raw, "The notebook")["content"]);
}

function leave(page: Document, id: string, text: string): void {
  const element = page.createElement("pre");
  element.id = id;
  element.textContent = text;
  page.head.replaceChildren();
  page.body.replaceChildren(element);
}
