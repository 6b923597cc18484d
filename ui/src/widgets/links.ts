/** `jslink` and `jsdlink`: a trait of one widget follows a trait of another, in the page, also without the kernel. */
import { isObject } from "../wire/parse";
import { referenceIn, type ModelId, type WidgetState } from "./widgetModel";

export interface End {
  readonly model: ModelId;
  readonly trait: string;
}

interface Link {
  readonly source: End;
  readonly target: End;
  readonly both: boolean;
}

export class Links {
  readonly #links = new Map<ModelId, Link>();

  /** A model is there or has changed; says where a new link begins. */
  follow(id: ModelId, state: WidgetState): End | null {
    const link = linkIn(state);
    if (link === null) return null;
    const isNew = !this.#links.has(id);
    this.#links.set(id, link);
    return isNew ? link.source : null;
  }

  forget(id: ModelId): void {
    this.#links.delete(id);
  }

  clear(): void {
    this.#links.clear();
  }

  /** What follows a trait. */
  targets({ model, trait }: End): readonly End[] {
    if (this.#links.size === 0) return [];
    const is = (end: End): boolean => end.model === model && end.trait === trait;
    return [...this.#links.values()].flatMap(({ source, target, both }) => {
      if (is(source)) return [target];
      return both && is(target) ? [source] : [];
    });
  }
}

function linkIn(state: WidgetState): Link | null {
  const name = state["_model_name"];
  if (name !== "LinkModel" && name !== "DirectionalLinkModel") return null;
  const source = endOf(state["source"]);
  const target = endOf(state["target"]);
  return source === null || target === null ? null : { source, target, both: name === "LinkModel" };
}

function endOf(raw: unknown): End | null {
  if (!Array.isArray(raw)) return null;
  const [widget, trait] = raw as readonly unknown[];
  const model =
    referenceIn(widget) ?? (isObject(widget) && typeof widget["model_id"] === "string" ? widget["model_id"] : null);
  return model === null || typeof trait !== "string" ? null : { model, trait };
}
