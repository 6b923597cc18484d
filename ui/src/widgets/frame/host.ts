/**
 * The frame's side of a foreign widget: gets its models from the page, makes its view from its own code, and says what it
 * changes. A classic script for the frame; whoever starts it hands over what `ModuleFrame` is.
 */
import type { ModuleFrame } from "../../outputs/frame/protocol";
import { type Exports, loadAmd } from "./amd";
import { DOMWidgetModel, type Link, type ModelOptions, type WidgetModel, type WidgetManager, WidgetView } from "./base";
import { controlView } from "./controls";
import { drawEsm } from "./esm";
import type { FromWidgets, Start, ToWidgets } from "./messages";

const LOOK = `
.widget-box,.jupyter-widgets.widget-container{display:flex;box-sizing:border-box}.widget-vbox{flex-direction:column}
.jupyter-button{min-width:28px;min-height:28px;margin:1px;border:1px solid var(--control-line);border-radius:4px;background:var(--surface-1);color:var(--fg);font:inherit}
.jupyter-button.mod-active{border-color:var(--accent);background:var(--accent-bg)}.fa{font-style:normal}
.fa-home::before{content:"⌂"}.fa-arrow-left::before{content:"←"}.fa-arrow-right::before{content:"→"}.fa-arrows::before{content:"✥"}
.fa-square-o::before{content:"▢"}.fa-floppy-o::before,.fa-save::before{content:"⤓"}.fa-cog::before{content:"⚙"}`;

const CONTROLS = "@jupyter-widgets/controls";

class Host implements WidgetManager, Link {
  readonly #frame: ModuleFrame;
  readonly #module: Exports | null;
  readonly #models = new Map<string, Promise<WidgetModel>>();
  readonly #asked = new Map<string, (answer: ToWidgets) => void>();

  constructor(frame: ModuleFrame, module: Exports | null) {
    this.#frame = frame;
    this.#module = module;
    frame.listen((data) => this.#hear(data as ToWidgets));
  }

  /** By its id, or as other widgets name it (`IPY_MODEL_…`). */
  get_model(reference: string): Promise<WidgetModel> {
    const id = reference.replace(/^IPY_MODEL_/, "");
    const known = this.#models.get(id);
    if (known !== undefined) return known;
    const asked = this.#ask(id).then((answer) => this.#made(answer));
    this.#models.set(id, asked);
    return asked;
  }

  async create_view(model: WidgetModel, options: object = {}): Promise<WidgetView> {
    const view = this.#viewOf(model, options);
    const making = view.then(async (made) => {
      await made.render();
      return made;
    });
    model.views[Math.random().toString(36).slice(2)] = making;
    return making;
  }

  save(model: WidgetModel, changes: Record<string, unknown>): void {
    this.#say({ type: "set", id: model.model_id, changes });
  }

  send(model: WidgetModel, content: unknown, buffers: readonly unknown[]): void {
    this.#say({ type: "send", id: model.model_id, content, buffers });
  }

  #say(message: FromWidgets): void {
    this.#frame.send(message);
  }

  #ask(id: string): Promise<ToWidgets> {
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#say({ type: "get", id });
    });
  }

  #hear(said: ToWidgets): void {
    switch (said.type) {
      case "model":
      case "none":
        this.#asked.get(said.id)?.(said);
        this.#asked.delete(said.id);
        return;
      case "state":
        return void this.#models.get(said.id)?.then(async (model) => {
          model.receive(await this.#read(model.constructor as typeof WidgetModel, said.changes), said.alive);
        });
      case "custom":
        return void this.#models.get(said.id)?.then((model) => model.trigger("msg:custom", said.content, said.buffers));
    }
  }

  async #made(answer: ToWidgets): Promise<WidgetModel> {
    if (answer.type !== "model") throw new Error(`there is no widget ${answer.id}`);
    const named = this.#module?.[String(answer.state["_model_name"])];
    const Model = typeof named === "function" ? (named as typeof WidgetModel) : DOMWidgetModel;
    const options: ModelOptions = { model_id: answer.id, widget_manager: this, link: this, alive: answer.alive };
    const model = new Model(await this.#read(Model, answer.state), options);
    model.name = String(answer.state["_model_name"]);
    model.module = String(answer.state["_model_module"]);
    return model;
  }

  async #read({ serializers }: typeof WidgetModel, state: Readonly<Record<string, unknown>>) {
    const read = Object.entries(state).map(async ([key, value]) => {
      return [key, (await serializers[key]?.deserialize?.(value, this)) ?? value] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }

  async #viewOf(model: WidgetModel, options: object): Promise<WidgetView> {
    const named = this.#module?.[String(model.get("_view_name"))];
    if (typeof named === "function") return new (named as typeof WidgetView)({ model, options });
    if (model.module === CONTROLS) {
      const control = controlView(model, options);
      if (control !== null) return control;
    }
    const view = new WidgetView({ model, options });
    if (model.get("_esm") === undefined) throw new Error(`there is no view ${String(model.get("_view_name"))}`);
    await drawEsm(model, this, view.el);
    return view;
  }
}

/** Resolves when the widget is drawn. */
async function start(frame: ModuleFrame): Promise<void> {
  const { root, module } = frame.value as Start;
  document.head.append(Object.assign(document.createElement("style"), { textContent: LOOK }));
  const host = new Host(frame, module === null ? null : loadAmd(module.name, module.source));
  const view = await host.create_view(await host.get_model(root));
  frame.element.append(view.el);
  view.trigger("displayed");
}

Object.assign(globalThis, { adrasteaWidget: start });
