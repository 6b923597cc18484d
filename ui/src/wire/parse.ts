/** From `unknown` to types: what every parser of this application asks of JSON from outside. */
import type { Json, JsonObject } from "./json";

/** What came is not what was agreed. The message is for the log; a user sees what could not be done because of it. */
export class ParseError extends Error {
  override readonly name = "ParseError";
}

/** An object whose fields nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isObject(raw: unknown): raw is Fields {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

/** For values that `JSON.parse` made: an object of those holds JSON only. */
export function isJsonObject(raw: unknown): raw is JsonObject {
  return isObject(raw);
}

/** An object, or an error that says what is none. */
export function asObject(raw: unknown, what: string): Fields {
  if (isObject(raw)) return raw;
  throw new ParseError(`${what} is not an object`);
}

export function asJsonObject(raw: unknown, what: string): JsonObject {
  if (isJsonObject(raw)) return raw;
  throw new ParseError(`${what} is not an object`);
}

export function asList(raw: unknown, what: string): readonly unknown[] {
  if (Array.isArray(raw)) return raw as readonly unknown[];
  throw new ParseError(`${what} is not a list`);
}

export function asText(raw: unknown, what: string): string {
  if (typeof raw === "string") return raw;
  throw new ParseError(`${what} is not a text`);
}

export function asNumber(raw: unknown, what: string): number {
  if (typeof raw === "number") return raw;
  throw new ParseError(`${what} is not a number`);
}

export function textOr(raw: unknown, otherwise: string): string {
  return typeof raw === "string" ? raw : otherwise;
}

export function textOrNull(raw: unknown): string | null {
  return typeof raw === "string" ? raw : null;
}

export function numberOrNull(raw: unknown): number | null {
  return typeof raw === "number" ? raw : null;
}

/** JSON from a text. */
export function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new ParseError("the text is not JSON");
  }
}
