/**
 * One output as HTML that stands in a file: text in its colours, HTML sanitised, images as data. What lives in the
 * notebook (widgets, charts, scripts) is replaced by the form of it that stands still, and it is said.
 */
import { escapeHtml } from "../../editor/staticCode";
import { exportingText } from "../../i18n/exporting";
import { resolveAddresses } from "../../markdown/addresses";
import { renderLatex } from "../../markdown/latex";
import { renderMarkdown } from "../../markdown/markdown";
import { preloadHtml } from "../../outputs/htmlChunk";
import { askedSize } from "../../outputs/ImageOutput";
import { imageSize, svgSize } from "../../outputs/imageSize";
import { metadataOf, plainText } from "../../outputs/mimebundle";
import shadowSheet from "../../outputs/shadowHtml.css?inline";
import { mendTables } from "../../outputs/tables";
import { headlineOf, tracebackParts } from "../../outputs/traceback";
import type { JsonObject } from "../../wire/json";
import type { ErrorOutput, Output } from "../../wire/outputs";
import { inertBody, makeSelfContained, type Surroundings } from "./selfContained";
import { stillForm, type Still } from "./stillForm";
import { textBlock } from "./textHtml";
import { shownText } from "../../outputs/terminal";

const { page } = exportingText;
/** What pandas sends with every table, for itself alone. */
const SCOPED = /<style scoped>[\s\S]*?<\/style>/gi;

export async function outputHtml(output: Output, place: number, around: Surroundings): Promise<string> {
  switch (output.output_type) {
    case "stream":
      return textBlock(shownText(output.text), output.name === "stderr" ? "stderr" : "");
    case "error":
      return errorHtml(output);
    case "display_data":
    case "execute_result": {
      const { form, instead } = stillForm(output.data);
      const note = instead ? `<p class="note">${escapeHtml(form === null ? page.liveNothing : page.live)}</p>` : "";
      if (form === null) return note;
      const own = metadataOf(output.metadata, form.mime);
      return note + (await formHtml(form, own, plainText(output.data), place, around));
    }
    case "unknown":
      return textBlock(JSON.stringify(output.raw, null, 2));
  }
}

function errorHtml({ ename, evalue, traceback }: ErrorOutput): string {
  const headline = headlineOf(ename, evalue);
  const frames = tracebackParts(traceback, headline)
    .map((part) => textBlock(part.kind === "text" ? part.text : part.frames.join("\n")))
    .join("");
  const word = `<span class="visually-hidden">${escapeHtml(page.error)}: </span>`;
  return `<div class="error"><p class="headline">${word}${escapeHtml(headline)}</p>${frames}</div>`;
}

async function formHtml(
  form: Still,
  metadata: JsonObject,
  text: string | null,
  place: number,
  around: Surroundings,
): Promise<string> {
  switch (form.kind) {
    case "html":
      return foreignHtml(form.html, place, around);
    case "markdown":
      return markdownHtml(form.source, around);
    case "latex":
      return `<div class="markdown">${await renderLatex(form.source)}</div>`;
    case "svg":
      return imageHtml(svgAddress(form.source), askedSize(metadata, svgSize(form.source)), metadata, text);
    case "image":
      return imageHtml(address(form), askedSize(metadata, imageSize(form.mime, form.data)), metadata, text);
    case "media": {
      const name = form.mime.startsWith("video/") ? "video" : "audio";
      return `<p><${name} controls src="${escapeHtml(address(form))}"></${name}></p>`;
    }
    case "pdf":
      return `<p><a download="output.pdf" href="${escapeHtml(address(form))}">${escapeHtml(page.pdf)}</a></p>`;
    case "json":
      return textBlock(JSON.stringify(form.value, null, 2));
    case "text":
      return textBlock(form.text);
  }
}

/** Sanitised Markdown that needs nothing. `attachments` are those of a cell. */
export async function markdownHtml(source: string, around: Surroundings, attachments?: JsonObject): Promise<string> {
  const body = inertBody(await renderMarkdown(source, { attachments, folder: around.folder }));
  await makeSelfContained(body, around);
  return `<div class="markdown">${body.innerHTML}</div>`;
}

/** HTML with style sheets of its own stands in a shadow root that the file itself declares: they reach nothing else. */
async function foreignHtml(html: string, place: number, around: Surroundings): Promise<string> {
  const body = (await preloadHtml()).sanitiseForShadow(html.replace(SCOPED, ""));
  resolveAddresses(body, { folder: around.folder });
  await makeSelfContained(body, around);
  const isAlone = body.querySelector("style") !== null;
  const content = `<div class="content">${mended(body)}</div>`;
  const inner = isAlone
    ? `<template shadowrootmode="open"><style>${shadowSheet}</style>${content}</template>`
    : content;
  const label = escapeHtml(page.cell(place)); // it can be scrolled, so the keyboard has to reach it
  return `<div class="html" role="group" tabindex="0" aria-label="${label}">${isAlone ? `<div>${inner}</div>` : inner}</div>`;
}

/** Tables as in the window: what is written on coloured cells can be read in either theme. It takes a page to know. */
function mended(body: HTMLElement): string {
  if (body.querySelector("table") === null) return body.innerHTML;
  const host = document.createElement("div");
  host.style.cssText = "position: absolute; visibility: hidden; contain: strict";
  const content = document.createElement("div");
  const sheet = document.createElement("style");
  sheet.textContent = shadowSheet;
  content.className = "content";
  content.append(...body.childNodes);
  host.attachShadow({ mode: "open" }).append(sheet, content);
  document.body.append(host);
  mendTables(content);
  host.remove();
  return content.innerHTML;
}

function imageHtml(
  source: string,
  size: ReturnType<typeof askedSize>,
  metadata: JsonObject,
  text: string | null,
): string {
  const said = metadata["alt"];
  const alt = typeof said === "string" ? said : (text?.trim().split("\n")[0]?.replace(/^<|>$/g, "") ?? "");
  const room = size === null ? "" : ` width="${Math.round(size.width)}" height="${Math.round(size.height)}"`;
  const ground = metadata["needs_background"] === "dark" ? "" : ' class="backed"';
  return `<p><img${ground}${room} alt="${escapeHtml(alt === "" ? page.image : alt)}" src="${escapeHtml(source)}"></p>`;
}

function address({ mime, data }: { readonly mime: string; readonly data: string }): string {
  return `data:${mime};base64,${data}`;
}

function svgAddress(source: string): string {
  const whole = /<svg\b[^>]*\bxmlns\s*=/i.test(source)
    ? source
    : source.replace(/<svg\b/i, '<svg xmlns="http://www.w3.org/2000/svg"');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole)}`;
}
