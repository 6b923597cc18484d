/** Finding words in JSON: in the names of its entries and in its texts and numbers. Pure. */
import { type Json } from "../wire/json";
import { MOST_FOUND, placesOf } from "./textSearch";

export interface JsonSearch {
  readonly query: string;
  /** How many names and values have it. */
  readonly count: number;
  /** The lists and objects that have it somewhere in them. */
  readonly holders: ReadonlySet<object>;
}

/** Stops after `MOST_FOUND`. Nesting as deep as memory goes: no recursion. */
export function searchJson(value: Json, query: string): JsonSearch {
  const holders = new Set<object>();
  const above = new Map<object, object | null>();
  let count = 0;
  const waiting: [Json, object | null][] = [[value, null]];
  for (let next = waiting.pop(); next !== undefined && count < MOST_FOUND; next = waiting.pop()) {
    const [now, holder] = next;
    if (!isBranch(now)) {
      if (has(JSON.stringify(now), query)) count += hold(holder);
      continue;
    }
    above.set(now, holder);
    for (const [key, child] of Object.entries(now)) {
      if (!Array.isArray(now) && has(key, query)) count += hold(now);
      waiting.push([child, now]);
    }
  }
  return { query, count, holders };

  function hold(holder: object | null): 1 {
    for (let at = holder; at !== null && !holders.has(at); at = above.get(at) ?? null) holders.add(at);
    return 1;
  }
}

/** Whether an entry of a branch is to be shown: it has what is sought, by its name or in it. */
export function isSought(search: JsonSearch, key: string, value: Json, inArray: boolean): boolean {
  if (!inArray && has(key, search.query)) return true;
  return isBranch(value) ? search.holders.has(value) : has(JSON.stringify(value), search.query);
}

function has(text: string, query: string): boolean {
  return placesOf(text, query).length > 0;
}

function isBranch(value: Json): value is Exclude<Json, null | boolean | number | string> {
  return typeof value === "object" && value !== null;
}
