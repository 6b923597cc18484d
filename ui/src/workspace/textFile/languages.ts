/** What a file's name says about what is in it. */
import { extensionOf, nameOf } from "../paths";

const BY_EXTENSION: Readonly<Record<string, string>> = {
  py: "python",
  pyi: "python",
  md: "markdown",
  markdown: "markdown",
  js: "javascript",
  mjs: "javascript",
  jsx: "javascript",
  ts: "typescript",
  tsx: "typescript",
  json: "json",
  ipynb: "json",
  html: "html",
  htm: "html",
  xml: "html",
  sql: "sql",
  sh: "shell",
  bash: "shell",
  zsh: "shell",
  r: "r",
  jl: "julia",
  c: "c",
  h: "c",
  cc: "c++",
  cpp: "c++",
  hpp: "c++",
  rs: "rust",
};

const IMAGES = new Set(["png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "avif", "svg"]);

/** The editor's name for the language of a file; `plain` when there is none. */
export function languageOf(path: string): string {
  return BY_EXTENSION[extensionOf(nameOf(path))] ?? "plain";
}

/** Whether it says that it is a PDF. */
export function isPdf(path: string): boolean {
  return extensionOf(nameOf(path)) === "pdf";
}

/** Whether a browser can show the file as a picture. */
export function isImage(path: string): boolean {
  return IMAGES.has(extensionOf(nameOf(path)));
}
