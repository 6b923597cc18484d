/**
 * `@jupyter-widgets/base`, as much of it as widgets' code needs: models and views as classes to inherit from. What is not
 * here is the layout of Lumino, jQuery and all that only ipywidgets' own controls use.
 */
import { Events } from "./events";

type Attributes = Record<string, unknown>;
type Serializer = {
  readonly deserialize?: (value: unknown, manager: WidgetManager | undefined) => unknown;
  readonly serialize?: (value: unknown, model: WidgetModel) => unknown;
};
export type Serializers = Readonly<Record<string, Serializer>>;

/** To the page. */
export interface Link {
  save(model: WidgetModel, changes: Attributes): void;
  send(model: WidgetModel, content: unknown, buffers: readonly unknown[]): void;
}

/** What models and views know of the frame around them. */
export interface WidgetManager {
  get_model(id: string): Promise<WidgetModel>;
  create_view(model: WidgetModel, options?: object): Promise<WidgetView>;
}

export interface ModelOptions {
  readonly model_id: string;
  readonly widget_manager: WidgetManager;
  readonly link: Link;
  readonly alive: boolean;
}

export class WidgetModel extends Events {
  static serializers: Serializers = {};
  declare attributes: Attributes;
  declare changed: Attributes;
  declare model_id: string;
  declare id: string;
  declare cid: string;
  declare name: string;
  declare module: string;
  declare widget_manager: WidgetManager;
  declare views: Record<string, Promise<WidgetView>>;
  declare comm_live: boolean;
  declare state_change: Promise<unknown>;
  #link: Link | null = null;
  readonly #unsaved = new Set<string>();
  #previous: Attributes = {};

  constructor(attributes: Attributes = {}, options?: ModelOptions) {
    super();
    this.attributes = { ...this.defaults(), ...attributes };
    this.changed = {};
    this.views = {};
    this.state_change = Promise.resolve();
    this.comm_live = options?.alive ?? false;
    if (options !== undefined) {
      this.model_id = this.id = this.cid = options.model_id;
      this.widget_manager = options.widget_manager;
      this.#link = options.link;
    }
    this.initialize(attributes, options);
  }

  initialize(_attributes: Attributes, _options?: unknown): void {
    // for those that inherit
  }

  defaults(): Attributes {
    return {};
  }

  get(name: string): unknown {
    return this.attributes[name];
  }

  has(name: string): boolean {
    return this.attributes[name] != null;
  }

  previous(name: string): unknown {
    return this.#previous[name];
  }

  hasChanged(name?: string): boolean {
    return name === undefined ? Object.keys(this.changed).length > 0 : name in this.changed;
  }

  changedAttributes(): Attributes | false {
    return this.hasChanged() ? { ...this.changed } : false;
  }

  toJSON(): Attributes {
    return { ...this.attributes };
  }

  set(name: string | Attributes, value?: unknown, options: object = {}): this {
    const changes = typeof name === "string" ? { [name]: value } : name;
    for (const key of this.#apply(changes, typeof name === "string" ? options : (value ?? {}))) this.#unsaved.add(key);
    return this;
  }

  /** The page's: the kernel or another view has changed it. */
  receive(changes: Attributes, alive: boolean): void {
    for (const key of Object.keys(changes)) this.#unsaved.delete(key);
    this.#apply(changes, {});
    if (alive === this.comm_live) return;
    this.comm_live = alive;
    this.trigger("comm_live_update");
    for (const view of Object.values(this.views)) void view.then((one) => one.trigger("comm_live_update"));
  }

  save_changes(_callbacks?: unknown): void {
    const attrs = Object.fromEntries([...this.#unsaved].map((key) => [key, this.attributes[key]]));
    this.#unsaved.clear();
    if (Object.keys(attrs).length > 0) this.sync("patch", this, { attrs });
  }

  save(attributes?: Attributes): void {
    if (attributes !== undefined) this.set(attributes);
    this.save_changes();
  }

  sync(_method: string, _model: WidgetModel, options: { readonly attrs?: Attributes } = {}): void {
    const { serializers } = this.constructor as typeof WidgetModel;
    const written = Object.entries(options.attrs ?? {}).map(([key, value]) => {
      return [key, serializers[key]?.serialize?.(value, this) ?? plain(value)] as const;
    });
    this.#link?.save(this, Object.fromEntries(written));
  }

  send(content: unknown, _callbacks?: unknown, buffers: readonly unknown[] = []): void {
    this.#link?.send(this, content, buffers);
  }

  callbacks(_view?: unknown): object {
    return {};
  }

  on_some_change(keys: readonly string[], callback: () => void, context: unknown): void {
    let isDue = false;
    const once = (): void => {
      if (isDue) return;
      isDue = true;
      queueMicrotask(() => {
        isDue = false;
        callback.call(context);
      });
    };
    this.on(keys.map((key) => `change:${key}`).join(" "), once, context);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #apply(changes: Attributes, options: unknown): readonly string[] {
    const changed = Object.keys(changes).filter((key) => this.attributes[key] !== changes[key]);
    if (changed.length === 0) return changed;
    this.#previous = { ...this.attributes };
    this.changed = Object.fromEntries(changed.map((key) => [key, changes[key]]));
    Object.assign(this.attributes, this.changed);
    for (const key of changed) this.trigger(`change:${key}`, this, this.attributes[key], options);
    this.trigger("change", this, options);
    return changed;
  }
}

/** Models in a value as the kernel names them. */
function plain(value: unknown): unknown {
  if (value instanceof WidgetModel) return `IPY_MODEL_${value.model_id}`;
  return Array.isArray(value) ? value.map(plain) : value;
}

export class DOMWidgetModel extends WidgetModel {
  static override serializers: Serializers = {
    layout: { deserialize: unpack_models },
    style: { deserialize: unpack_models },
  };
}

export class LayoutModel extends WidgetModel {}
export class StyleModel extends WidgetModel {}

export interface ViewParameters {
  readonly model: WidgetModel;
  readonly options?: object;
}

export class WidgetView extends Events {
  declare model: WidgetModel;
  declare options: object;
  declare el: HTMLElement;
  declare cid: string;
  declare displayed: Promise<this>;

  constructor(parameters: ViewParameters) {
    super();
    this.model = parameters.model;
    this.options = parameters.options ?? {};
    this.cid = `view-${Math.random().toString(36).slice(2)}`;
    this.el = document.createElement(this.tagName);
    this.displayed = Promise.resolve(this);
    this.initialize(parameters);
  }

  get tagName(): string {
    return "div";
  }

  initialize(_parameters: ViewParameters): void {
    this.listenTo(this.model, "change", () => this.update());
  }

  render(): unknown {
    return undefined;
  }

  update(_options?: unknown): void {
    // for those that inherit
  }

  remove(): unknown {
    this.stopListening();
    this.el.remove();
    return this;
  }

  send(content: unknown, buffers?: readonly unknown[]): void {
    this.model.send(content, this.callbacks(), buffers);
  }

  touch(): void {
    this.model.save_changes();
  }

  callbacks(): object {
    return {};
  }

  create_child_view(model: WidgetModel, options: object = {}): Promise<WidgetView> {
    return this.model.widget_manager.create_view(model, { parent: this, ...options });
  }
}

export class DOMWidgetView extends WidgetView {
  /** Lumino's widget, for code that only wants its element. */
  get luminoWidget(): object {
    return { node: this.el, addClass: (name: string) => this.el.classList.add(name) };
  }

  get pWidget(): object {
    return this.luminoWidget;
  }

  processLuminoMessage(_message: unknown): void {
    // there is no Lumino
  }
}

/** `IPY_MODEL_…` in a value as models. */
export function unpack_models(value: unknown, manager?: WidgetManager): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item: unknown) => unpack_models(item, manager)));
  if (typeof value === "string" && value.startsWith("IPY_MODEL_") && manager !== undefined) {
    return manager.get_model(value.slice("IPY_MODEL_".length));
  }
  return Promise.resolve(value);
}

export function pack_models(value: unknown): unknown {
  return plain(value);
}

export const JUPYTER_WIDGETS_VERSION = "2.0.0";
export const PROTOCOL_VERSION = "2.1.0";
