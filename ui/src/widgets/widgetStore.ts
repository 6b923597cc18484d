/**
 * The widgets of one open notebook as this page has them. The server keeps them (docs/document-socket.md); what the user
 * changes is shown at once and sent at most once per frame. A trait that the user has changed stays as the user has it
 * until the server has seen that change.
 */
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { JsonObject } from "../wire/json";
import type { Fields } from "../wire/parse";
import { type End, Links } from "./links";
import { savedModels } from "./savedState";
import { asBytes, type ModelNews, parted, textOf, type WidgetMessage, widgetMessageOf } from "./widgetMessages";
import { type ModelId, WidgetModel, type WidgetState } from "./widgetModel";

const FRAME = 16; // milliseconds: what the user changes within one goes out together

/** What there is of a widget. */
export type Found =
  | { readonly at: "unknown" }
  /** The server has not said yet what there is. */
  | { readonly at: "loading" }
  | { readonly at: "closed" }
  | { readonly at: "here"; readonly model: WidgetModel };

interface Unsent {
  state: Record<string, unknown>;
  cell: string | null;
}

export class WidgetStore {
  readonly #say: (message: object) => boolean;
  readonly #models = new Map<ModelId, Signal<Found>>();
  readonly #links = new Links();
  readonly #unsent = new Map<ModelId, Unsent>();
  /** Of each trait that the user has changed, by which of our updates it goes to the server. */
  readonly #mine = new Map<ModelId, Map<string, number>>();
  #saved: ReadonlyMap<ModelId, WidgetModel> = new Map();
  /** What the answer under way has said to be there. */
  #mentioned = new Set<ModelId>();
  readonly #complete = signal(false);
  #isOpen = false;
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `say` sends a message on the document socket, and says whether it could; `kernel` names the notebook's kernelspec. */
  constructor(
    say: (message: object) => boolean,
    readonly kernel: () => string = () => "",
  ) {
    this.#say = say;
  }

  /** Whether the server has said all that there is. */
  get isComplete(): ReadonlySignal<boolean> {
    return this.#complete;
  }

  /** The connection is there (again): asks for everything. */
  connect(): void {
    this.#count = 0;
    this.#isOpen = false;
    this.#say({ type: "widgets" });
  }

  /** The notebook's own metadata, for widgets whose kernel has gone long ago. */
  setSaved(metadata: JsonObject): void {
    this.#saved = savedModels(metadata);
    if (!this.#complete.peek()) return;
    for (const [id, found] of this.#models) if (found.peek().at === "unknown") found.value = this.#absent(id, false);
  }

  /** What is said about widgets. Throws `ParseError`. */
  hear(said: Fields): void {
    const message = widgetMessageOf(said);
    if (message.type === "widgets") return batch(() => this.#take(message));
    const found = this.#models.get(message.model)?.peek();
    if (found?.at === "here") found.model.hear(message.content, message.buffers);
  }

  find(id: ModelId): ReadonlySignal<Found> {
    return this.#place(id);
  }

  /** The model if it is there. */
  peek(id: ModelId): WidgetModel | null {
    const found = this.#place(id).peek();
    return found.at === "here" ? found.model : null;
  }

  /** All models that are there. */
  all(): readonly WidgetModel[] {
    return [...this.#models.values()].flatMap((place) => {
      const found = place.peek();
      return found.at === "here" ? [found.model] : [];
    });
  }

  /** The user has changed traits of a widget that stands in `cell`. */
  set(model: WidgetModel, changes: WidgetState, cell: string | null): void {
    if (model.alive.peek()) batch(() => this.#change(model, changes, cell));
    else if ("selected_index" in changes) model.become({ ...model.state.peek(), ...changes }, false); // only to look at
  }

  /** A view says something to the kernel, behind what has been changed before. */
  send(model: WidgetModel, content: unknown, cell: string | null, buffers: readonly unknown[] = []): void {
    if (!model.alive.peek()) return;
    this.#flush();
    const texts = buffers.map((buffer) => textOf(asBytes(buffer) ?? new Uint8Array()));
    this.#say({ type: "widget_message", model: model.id, content, buffers: texts, cell });
  }

  close(): void {
    this.#flush();
  }

  #change(model: WidgetModel, changes: WidgetState, cell: string | null): void {
    const before = model.state.peek();
    const changed = Object.entries(changes).filter(([name, value]) => !isSame(before[name], value));
    if (changed.length === 0) return;
    const unsent = this.#unsent.get(model.id) ?? { state: {}, cell };
    for (const [name, value] of changed) {
      unsent.state[name] = value;
      this.#mark(model.id, name);
    }
    this.#unsent.set(model.id, unsent);
    model.become({ ...before, ...changes }, true);
    this.#timer ??= setTimeout(() => this.#flush(), FRAME);
    for (const [trait] of changed) this.#pass({ model: model.id, trait }, cell);
  }

  #mark(id: ModelId, trait: string): void {
    const mine = this.#mine.get(id) ?? new Map<string, number>();
    mine.set(trait, Infinity); // until it is sent, nothing from the server includes it
    this.#mine.set(id, mine);
  }

  /** What follows a trait, follows it. */
  #pass(source: End, cell: string | null): void {
    const value = this.peek(source.model)?.state.peek()[source.trait];
    for (const target of this.#links.targets(source)) {
      const model = this.peek(target.model);
      if (model?.alive.peek() === true && value !== undefined) this.#change(model, { [target.trait]: value }, cell);
    }
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isOpen) return; // they wait for the connection
    for (const [id, { state, cell }] of this.#unsent) {
      const count = ++this.#count;
      if (!this.#say({ type: "widget_update", count, model: id, cell, ...parted(state) })) return;
      this.#unsent.delete(id);
      const mine = this.#mine.get(id);
      for (const name of Object.keys(state)) mine?.set(name, count);
    }
  }

  #take(message: Extract<WidgetMessage, { type: "widgets" }>): void {
    if (message.begins) this.#begin();
    for (const id of message.closed) this.#close(id);
    const begun = message.models.flatMap((news) => this.#learn(news, message.seen));
    for (const end of begun) this.#pass(end, null);
    if (!this.#complete.peek() && !message.more) this.#settle();
    this.#isOpen = true;
    if (this.#unsent.size > 0) this.#flush();
  }

  /** Everything is said anew: what is not, is not there any more. */
  #begin(): void {
    this.#complete.value = false;
    this.#mentioned = new Set();
    this.#links.clear();
    for (const [id, mine] of this.#mine) {
      for (const [name, count] of mine) if (count !== Infinity) mine.delete(name);
      if (mine.size === 0) this.#mine.delete(id);
    }
  }

  /** Returns the ends whose followers have to follow. */
  #learn(news: ModelNews, seen: number): readonly End[] {
    const place = this.#place(news.model);
    const found = place.peek();
    this.#mentioned.add(news.model);
    const before = found.at === "here" ? found.model : null;
    if (before === null && !news.whole) return []; // a part of what we never had
    const state = this.#withMine(news, seen, before?.state.peek() ?? {});
    if (before === null) place.value = { at: "here", model: new WidgetModel(news.model, state, news.alive) };
    else before.become(state, news.alive);
    const link = this.#links.follow(news.model, state);
    const ends = Object.keys(news.state).map((trait) => ({ model: news.model, trait }));
    return link === null ? ends : [...ends, link];
  }

  #withMine({ model, state, whole }: ModelNews, seen: number, before: WidgetState): WidgetState {
    const mine = this.#mine.get(model);
    const after: Record<string, unknown> = whole ? { ...state } : { ...before, ...state };
    for (const [name, count] of mine ?? []) {
      if (count > seen && name in before) after[name] = before[name];
      else mine?.delete(name);
    }
    return after;
  }

  #close(id: ModelId): void {
    this.#links.forget(id);
    this.#unsent.delete(id);
    this.#mine.delete(id);
    this.#place(id).value = { at: "closed" };
  }

  /** Everything has been said. */
  #settle(): void {
    this.#complete.value = true;
    for (const [id, found] of this.#models) {
      const { at } = found.peek();
      if (at !== "closed" && !this.#mentioned.has(id)) found.value = this.#absent(id, false);
    }
  }

  #place(id: ModelId): Signal<Found> {
    const known = this.#models.get(id);
    if (known !== undefined) return known;
    const place = signal<Found>(this.#absent(id, !this.#complete.peek()));
    this.#models.set(id, place);
    return place;
  }

  #absent(id: ModelId, isLoading: boolean): Found {
    const saved = this.#saved.get(id);
    if (saved !== undefined && !isLoading) return { at: "here", model: saved };
    return { at: isLoading ? "loading" : "unknown" };
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (asBytes(one) !== null || asBytes(other) !== null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [first, second] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>];
  const names = Object.keys(first);
  return names.length === Object.keys(second).length && names.every((name) => isSame(first[name], second[name]));
}
