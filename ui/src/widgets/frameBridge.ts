/**
 * The page's side of a foreign widget's frame: gives it the models that it may know, tells it what changes, and does what it
 * says. A frame is foreign ground: it reaches the widget itself and those that its models name, and nothing else.
 */
import { effect } from "@preact/signals";
import { parseFromWidgets, type ToWidgets } from "./frame/messages";
import { type ModelId, referenceIn, type WidgetModel, type WidgetState } from "./widgetModel";
import type { WidgetStore } from "./widgetStore";

export class FrameBridge {
  readonly #store: WidgetStore;
  readonly #cell: string | null;
  readonly #send: (message: ToWidgets) => void;
  readonly #allowed: Set<ModelId>;
  /** What the frame has of each model. */
  readonly #known = new Map<ModelId, WidgetState>();
  readonly #stops: (() => void)[] = [];

  constructor(store: WidgetStore, root: ModelId, cell: string | null, send: (message: ToWidgets) => void) {
    this.#store = store;
    this.#cell = cell;
    this.#send = send;
    this.#allowed = new Set([root]);
  }

  /** What the frame said, unparsed. */
  hear(raw: unknown): void {
    const said = parseFromWidgets(raw);
    const model = said !== null && this.#allowed.has(said.id) ? this.#store.peek(said.id) : null;
    if (said === null) return;
    if (model === null) {
      if (said.type === "get") this.#send({ type: "none", id: said.id });
      return;
    }
    switch (said.type) {
      case "get":
        return this.#give(model);
      case "set":
        this.#known.set(model.id, { ...this.#known.get(model.id), ...said.changes });
        return this.#store.set(model, said.changes, this.#cell);
      case "send":
        return this.#store.send(model, said.content, this.#cell, said.buffers);
    }
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #give(model: WidgetModel): void {
    const { id } = model;
    const isNew = !this.#known.has(id);
    const state = model.state.peek();
    this.#known.set(id, state);
    this.#send({ type: "model", id, state, alive: model.alive.peek() });
    if (!isNew) return;
    this.#allow(state);
    this.#stops.push(effect(() => this.#follow(model, model.state.value, model.alive.value)));
    this.#stops.push(model.listen((content, buffers) => this.#send({ type: "custom", id, content, buffers })));
  }

  #follow({ id }: WidgetModel, state: WidgetState, alive: boolean): void {
    const known = this.#known.get(id) ?? {};
    const changed = Object.entries(state).filter(([name, value]) => !Object.is(known[name], value));
    if (changed.length === 0 && alive) return;
    this.#known.set(id, state);
    const changes = Object.fromEntries(changed); // not what the frame has set itself: it may not name others
    this.#allow(changes);
    this.#send({ type: "state", id, changes, alive });
  }

  /** The models that a state names may be asked for. */
  #allow(value: unknown): void {
    const id = referenceIn(value);
    if (id !== null) this.#allowed.add(id);
    else if (Array.isArray(value)) value.forEach((item) => this.#allow(item));
    else if (isPlain(value)) Object.values(value).forEach((item) => this.#allow(item));
  }
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
