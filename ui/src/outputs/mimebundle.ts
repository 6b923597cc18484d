/** The richest representation of a mimebundle that can be shown, as a union: what OutputView renders. */
import { type Json, type JsonObject } from "../wire/json";
import { type Mimebundle } from "../wire/outputs";

export type Choice =
  | { readonly kind: "plotly"; readonly mime: string; readonly value: Json }
  | { readonly kind: "vega"; readonly mime: string; readonly value: Json }
  /** `source` is the script that draws it; empty where it stands in another output. */
  | { readonly kind: "bokeh"; readonly mime: string; readonly source: string }
  /** What only announces that Bokeh's scripts are there. */
  | { readonly kind: "bokehLoad"; readonly mime: string }
  | { readonly kind: "html"; readonly mime: string; readonly html: string }
  | { readonly kind: "markdown"; readonly mime: string; readonly source: string }
  | { readonly kind: "svg"; readonly mime: string; readonly source: string }
  | { readonly kind: "latex"; readonly mime: string; readonly source: string }
  | { readonly kind: "image"; readonly mime: string; readonly data: string }
  | { readonly kind: "media"; readonly mime: string; readonly data: string }
  | { readonly kind: "pdf"; readonly mime: string; readonly data: string }
  | { readonly kind: "json"; readonly mime: string; readonly value: Json }
  | { readonly kind: "script"; readonly mime: string; readonly source: string }
  | { readonly kind: "text"; readonly mime: string; readonly text: string }
  /** Of the notebook's kernel; `text` stands in for it where there is no notebook. */
  | { readonly kind: "widget"; readonly mime: string; readonly model: string; readonly text: string | null }
  | { readonly kind: "unknown"; readonly mime: string; readonly types: readonly string[] };

type Kind = Exclude<Choice["kind"], "widget" | "unknown">;

const WIDGET = "application/vnd.jupyter.widget-view+json";

const BOKEH_EXEC = /^application\/vnd\.bokehjs_exec\.v\d+\+json$/;
const SCRIPT = "application/javascript";

/** Best first. */
const ORDER: readonly (readonly [RegExp, Kind])[] = [
  [/^application\/vnd\.plotly\.v\d+\+json$/, "plotly"],
  [/^application\/vnd\.vega(?:lite)?\.v\d+(?:\.\d+)*(?:\+json|\.json)$/, "vega"],
  [/^application\/vnd\.bokehjs_load\.v\d+\+json$/, "bokehLoad"],
  [/^text\/html$/, "html"],
  [/^text\/markdown$/, "markdown"],
  [/^image\/svg\+xml$/, "svg"],
  [/^text\/latex$/, "latex"],
  [/^image\/(?:png|jpeg|gif|webp|avif|bmp)$/, "image"],
  [/^(?:audio|video)\/[\w.+-]+$/, "media"],
  [/^application\/pdf$/, "pdf"],
  [/^application\/(?:json|geo\+json)$/, "json"],
  [/^(?:application|text)\/javascript$/, "script"],
];

export function choose(data: Mimebundle): Choice {
  const types = Object.keys(data);
  const widget = widgetIn(data);
  if (widget !== null) return widget;
  const bokeh = types.find((type) => BOKEH_EXEC.test(type));
  if (bokeh !== undefined) return { kind: "bokeh", mime: bokeh, source: asText(data[SCRIPT] ?? "") };
  for (const [pattern, kind] of ORDER) {
    const mime = types.find((type) => pattern.test(type) && isFit(type, data[type]));
    if (mime !== undefined) return chosen(kind, mime, data[mime] ?? null);
  }
  const text = plainText(data);
  if (text !== null) return { kind: "text", mime: "text/plain", text };
  const otherText = types.find((type) => type.startsWith("text/") && typeof data[type] === "string");
  if (otherText !== undefined) return { kind: "text", mime: otherText, text: asText(data[otherText] ?? null) };
  const json = types.find((type) => type.endsWith("+json"));
  if (json !== undefined) return { kind: "json", mime: json, value: data[json] ?? null };
  return { kind: "unknown", mime: "", types };
}

/** Everything that the bundle can be shown as: what `choose` takes first, then the other types, best first. */
export function choices(data: Mimebundle): readonly Choice[] {
  const types = Object.keys(data).filter((type) => isFit(type, data[type]));
  const found: Choice[] = [choose(data)];
  for (const [pattern, kind] of ORDER) {
    for (const mime of types.filter((type) => pattern.test(type))) found.push(chosen(kind, mime, data[mime] ?? null));
  }
  for (const mime of types) {
    if (mime.endsWith("json")) found.push({ kind: "json", mime, value: data[mime] ?? null });
    else if (mime.startsWith("text/")) found.push({ kind: "text", mime, text: asText(data[mime] ?? null) });
  }
  return found.filter((one, index) => found.findIndex(({ mime }) => mime === one.mime) === index);
}

/** What stands for the output where only text is possible. */
export function plainText(data: Mimebundle): string | null {
  return Object.hasOwn(data, "text/plain") ? asText(data["text/plain"] ?? null) : null;
}

/** The metadata of one representation: `metadata["image/png"]`, or those of the output itself. */
export function metadataOf(metadata: JsonObject, mime: string): JsonObject {
  const own = metadata[mime];
  return typeof own === "object" && own !== null && !Array.isArray(own) ? (own as JsonObject) : metadata;
}

/** The metadata with a description of what is shown as `mime`, where that type's own metadata are. */
export function described(metadata: JsonObject, mime: string, text: string): JsonObject {
  const { alt: _, ...others } = metadataOf(metadata, mime);
  const own = text === "" ? others : { ...others, alt: text };
  return metadataOf(metadata, mime) === metadata ? own : { ...metadata, [mime]: own };
}

function widgetIn(data: Mimebundle): Choice | null {
  const value = data[WIDGET];
  const model = typeof value === "object" && value !== null && "model_id" in value ? value.model_id : null;
  return typeof model === "string" ? { kind: "widget", mime: WIDGET, model, text: plainText(data) } : null;
}

/** Whether a value can be what its type says: text, or lines of text, for all types but JSON's. */
function isFit(mime: string, value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return false;
  return mime.endsWith("json") || typeof value === "string" || isLines(value);
}

function isLines(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}

function chosen(kind: Kind, mime: string, value: Json): Choice {
  switch (kind) {
    case "html":
      return announcesBokeh(asText(value)) ? { kind: "bokehLoad", mime } : { kind, mime, html: asText(value) };
    case "bokehLoad":
      return { kind, mime };
    case "plotly":
    case "vega":
    case "json":
      return { kind, mime, value };
    case "image":
    case "media":
    case "pdf":
      return { kind, mime, data: asText(value).replace(/\s+/g, "") };
    case "text":
      return { kind, mime, text: asText(value) };
    case "markdown":
    case "svg":
    case "latex":
    case "script":
    case "bokeh":
      return { kind, mime, source: asText(value) };
  }
}

/** What `output_notebook()` shows until Bokeh, in the same page, has changed it: here it would never be changed. */
function announcesBokeh(html: string): boolean {
  return html.length < 10_000 && html.includes("bk-notebook-logo") && html.includes("Loading BokehJS");
}

/** Files on disk may hold lists of lines, and odd kernels send numbers. */
function asText(value: Json): string {
  if (typeof value === "string") return value;
  if (isLines(value)) return value.join("");
  return JSON.stringify(value, null, 2);
}
