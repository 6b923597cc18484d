/**
 * What the page and the frame of a foreign widget say to each other, through the frame's port (outputs/frame). The frame
 * gets models by their ids, each once, and hears of them from then on. Values are copied as they are, bytes included.
 *
 *     page                               frame
 *      |<-- get ------------------------------|   a model that it knows of: the widget itself, or one named by another
 *      |--- model | none -------------------->|
 *      |--- state, custom ------------------->|   as often as something happens
 *      |<-- set, send ------------------------|
 */
import type { ModelId, WidgetState } from "../widgetModel";

/** With what the frame begins. */
export interface Start {
  readonly root: ModelId;
  /** The AMD module of its views; null: the model brings an ES module (`_esm`). */
  readonly module: { readonly name: string; readonly source: string } | null;
}

export type ToWidgets =
  | { readonly type: "model"; readonly id: ModelId; readonly state: WidgetState; readonly alive: boolean }
  | { readonly type: "none"; readonly id: ModelId }
  | { readonly type: "state"; readonly id: ModelId; readonly changes: WidgetState; readonly alive: boolean }
  | { readonly type: "custom"; readonly id: ModelId; readonly content: unknown; readonly buffers: readonly DataView[] };

export type FromWidgets =
  | { readonly type: "get"; readonly id: ModelId }
  | { readonly type: "set"; readonly id: ModelId; readonly changes: WidgetState }
  | { readonly type: "send"; readonly id: ModelId; readonly content: unknown; readonly buffers: readonly unknown[] };

/** What a frame said; null for what makes no sense. */
export function parseFromWidgets(raw: unknown): FromWidgets | null {
  if (typeof raw !== "object" || raw === null) return null;
  const { type, id, changes, content, buffers } = raw as Readonly<Record<string, unknown>>;
  if (typeof id !== "string") return null;
  if (type === "get") return { type, id };
  if (type === "send") return { type, id, content, buffers: Array.isArray(buffers) ? buffers : [] };
  const isChange = type === "set" && typeof changes === "object" && changes !== null && !Array.isArray(changes);
  return isChange ? { type, id, changes: changes as WidgetState } : null;
}
