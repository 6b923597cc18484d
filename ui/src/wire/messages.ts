/**
 * Messages of Jupyter's protocol, as far as the page speaks it: requests for completions and documentation, and their
 * replies. Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
import type { JsonObject } from "./json";
import { asJsonObject, asList, asNumber, asObject, asText, isObject, jsonOf, textOr } from "./parse";
import type { Channel, Frame } from "./websocketV1";

export interface Origin {
  readonly session: string;
  readonly username: string;
}

/** A message from the kernel, its JSON parsed. */
export interface Message {
  readonly channel: Channel;
  readonly type: string;
  /** `msg_id` of the request that it answers; empty when it answers none. */
  readonly parent: string;
  readonly content: JsonObject;
}

const VERSION = "5.4";

export function completeRequest(code: string, cursor: number, id: string, origin: Origin, date: Date): Frame {
  return request("complete_request", { code, cursor_pos: cursor }, id, origin, date);
}

export function inspectRequest(code: string, cursor: number, id: string, origin: Origin, date: Date): Frame {
  return request("inspect_request", { code, cursor_pos: cursor, detail_level: 0 }, id, origin, date);
}

function request(type: string, content: JsonObject, id: string, origin: Origin, date: Date): Frame {
  const header = { msg_id: id, msg_type: type, ...origin, date: date.toISOString(), version: VERSION };
  return {
    channel: "shell",
    header: JSON.stringify(header),
    parentHeader: "{}",
    metadata: "{}",
    content: JSON.stringify(content),
    buffers: [],
  };
}

/** Throws `ParseError`. */
export function messageOf(frame: Frame): Message {
  const header = asObject(jsonOf(frame.header), "the header");
  const parent = jsonOf(frame.parentHeader);
  const id = isObject(parent) ? parent["msg_id"] : undefined;
  return {
    channel: frame.channel,
    type: asText(header["msg_type"], "msg_type"),
    parent: typeof id === "string" ? id : "",
    content: asJsonObject(jsonOf(frame.content), "the content"),
  };
}

/** What a kernel may say of a match: “function”, “(x, y)”; both empty where it says nothing. */
export interface MatchKind {
  readonly type: string;
  readonly signature: string;
}

/** Offsets count code points, as Jupyter's do. */
export interface Completions {
  readonly matches: readonly string[];
  readonly kinds: ReadonlyMap<string, MatchKind>;
  readonly start: number;
  readonly end: number;
}

/** Null when the kernel could not complete. */
export function completionsOf(content: JsonObject): Completions | null {
  if (content["status"] !== "ok") return null;
  return {
    matches: asList(content["matches"], "matches").filter((match) => typeof match === "string"),
    kinds: kindsOf(content["metadata"]),
    start: asNumber(content["cursor_start"], "cursor_start"),
    end: asNumber(content["cursor_end"], "cursor_end"),
  };
}

/** By the text of the match. An experiment of IPython's that has been there since 2017; other kernels send nothing of it. */
function kindsOf(metadata: unknown): ReadonlyMap<string, MatchKind> {
  const kinds = isObject(metadata) ? metadata["_jupyter_types_experimental"] : undefined;
  if (!Array.isArray(kinds)) return new Map();
  return new Map(
    kinds.filter(isObject).map((kind) => {
      const type = textOr(kind["type"], "");
      return [
        textOr(kind["text"], ""),
        { type: type === "<unknown>" ? "" : type, signature: textOr(kind["signature"], "") },
      ];
    }),
  );
}

/** What is known of the name at the cursor, by mime type; null when nothing is. */
export function inspectionOf(content: JsonObject): JsonObject | null {
  if (content["status"] !== "ok" || content["found"] !== true) return null;
  return asJsonObject(content["data"], "data");
}
