/**
 * What is said about widgets on the document socket, between JSON and types (docs/document-socket.md): binary parts travel
 * as base64 beside the state, and stand in it as `DataView`s.
 */
import type { Json, JsonObject } from "../wire/json";
import { asList, asObject, asText, type Fields, isObject } from "../wire/parse";
import type { ModelId, WidgetState } from "./widgetModel";

type Path = readonly (string | number)[];

export interface ModelNews {
  readonly model: ModelId;
  /** Whether `state` is all of it. */
  readonly whole: boolean;
  readonly alive: boolean;
  readonly state: WidgetState;
}

export type WidgetMessage =
  | {
      readonly type: "widgets";
      /** It is the first of an answer, which says all that there is. */
      readonly begins: boolean;
      readonly more: boolean;
      /** How many of our updates it includes. */
      readonly seen: number;
      readonly models: readonly ModelNews[];
      readonly closed: readonly ModelId[];
    }
  | {
      readonly type: "widget_message";
      readonly model: ModelId;
      readonly content: unknown;
      readonly buffers: readonly DataView[];
    };

/** Throws `ParseError`. */
export function widgetMessageOf(said: Fields): WidgetMessage {
  if (said["type"] === "widget_message") {
    const buffers = asList(said["buffers"], "buffers").map((text) => bytesOf(asText(text, "a buffer")));
    return { type: "widget_message", model: asText(said["model"], "model"), content: said["content"], buffers };
  }
  return {
    type: "widgets",
    begins: said["begins"] === true,
    more: said["more"] === true,
    seen: typeof said["seen"] === "number" ? said["seen"] : 0,
    models: asList(said["models"], "models").map(newsOf),
    closed: asList(said["closed"], "closed").map((id) => asText(id, "a closed model")),
  };
}

function newsOf(raw: unknown): ModelNews {
  const news = asObject(raw, "a model");
  const paths = asList(news["buffer_paths"] ?? [], "buffer_paths").map(pathOf);
  const buffers = asList(news["buffers"] ?? [], "buffers").map((text) => asText(text, "a buffer"));
  return {
    model: asText(news["model"], "model"),
    whole: news["whole"] === true,
    alive: news["alive"] !== false,
    state: withBuffers(asObject(news["state"], "state"), paths, buffers.map(bytesOf)),
  };
}

function pathOf(raw: unknown): Path {
  return asList(raw, "a path").filter((step) => typeof step === "string" || typeof step === "number");
}

/** The state with binary parts in their places. Paths that lead nowhere are passed over. */
export function withBuffers(state: Fields, paths: readonly Path[], buffers: readonly DataView[]): WidgetState {
  let whole: unknown = state;
  paths.forEach((path, index) => {
    const buffer = buffers[index];
    if (buffer !== undefined && path.length > 0) whole = placed(whole, path, buffer);
  });
  return whole as WidgetState; // `placed` keeps an object an object
}

function placed(value: unknown, [step, ...rest]: Path, buffer: DataView): unknown {
  if (step === undefined) return buffer;
  if (Array.isArray(value) && typeof step === "number") {
    return value.map((item: unknown, index) => (index === step ? placed(item, rest, buffer) : item));
  }
  if (!isObject(value)) return value;
  return { ...value, [step]: placed(value[step] ?? (typeof rest[0] === "number" ? [] : {}), rest, buffer) };
}

/** A state without its binary parts, which stand beside it. */
export interface Parted {
  readonly state: JsonObject;
  readonly buffer_paths: readonly Path[];
  readonly buffers: readonly string[];
}

export function parted(state: WidgetState): Parted {
  const buffer_paths: Path[] = [];
  const buffers: string[] = [];
  const part = (value: unknown, path: Path): Json | undefined => {
    const bytes = asBytes(value);
    if (bytes !== null) {
      buffer_paths.push(path);
      buffers.push(textOf(bytes));
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item: unknown, index) => part(item, [...path, index]) ?? null);
    if (!isObject(value)) return value as Json;
    const entries = Object.entries(value).map(([key, item]) => [key, part(item, [...path, key])] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as JsonObject;
  };
  return { state: part(state, []) as JsonObject, buffer_paths, buffers };
}

export function asBytes(value: unknown): Uint8Array | null {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null;
}

export function bytesOf(base64: string): DataView {
  return new DataView(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer);
}

const PIECE = 0x8000; // bytes that one call can take as arguments

export function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}
