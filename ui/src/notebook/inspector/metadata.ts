/** Metadata as text and back, and the tags in it. Pure. */
import type { Json, JsonObject } from "../../wire/json";
import { jsonMistake } from "../../wire/jsonMistake";
import type { Cell } from "../model";

export type Parsed =
  | { readonly at: "ready"; readonly metadata: JsonObject }
  /** A mistake with its place, from 1. */
  | { readonly at: "wrong"; readonly line: number; readonly column: number }
  | { readonly at: "notObject" };

export function parseMetadata(text: string): Parsed {
  const mistake = jsonMistake(text);
  if (mistake !== null) {
    const before = text.slice(0, mistake).split("\n");
    return { at: "wrong", line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
  const value = JSON.parse(text) as Json;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { at: "notObject" };
  return { at: "ready", metadata: value as JsonObject };
}

export function metadataText(metadata: JsonObject): string {
  return JSON.stringify(metadata, null, 2);
}

/** The tags of a cell, as nbformat has them. */
export function tagsOf(cell: Cell): readonly string[] {
  const tags = cell.metadata["tags"];
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [];
}

/** The metadata with these tags; without any, nothing is left of them. */
export function withTags(metadata: JsonObject, tags: readonly string[]): JsonObject {
  const { tags: _, ...others } = metadata;
  return tags.length === 0 ? others : { ...others, tags: [...tags] };
}

/** What was typed as one tag or several: nbformat forbids commas in them, and spaces around them mean nothing. */
export function tagsIn(typed: string): readonly string[] {
  return typed
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}
