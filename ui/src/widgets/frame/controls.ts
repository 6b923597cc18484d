/**
 * ipywidgets' own controls inside the frame of a foreign widget, which puts them where it likes: the browser's own elements,
 * for the controls that are usual there. Outside of frames the page draws them (../controls).
 */
import { DOMWidgetView, unpack_models, type WidgetModel } from "./base";

/** What is drawn for a kind of view. */
type Draw = (view: ControlView) => HTMLElement | Promise<HTMLElement>;

const NUMBER = { parse: Number, format: String };
const TEXT = { parse: String, format: String };

const CONTROLS: Readonly<Record<string, Draw>> = {
  IntSliderView: (view) => view.field("range", NUMBER),
  FloatSliderView: (view) => view.field("range", NUMBER),
  IntTextView: (view) => view.field("number", NUMBER),
  FloatTextView: (view) => view.field("number", NUMBER),
  TextView: (view) => view.field("text", TEXT),
  PasswordView: (view) => view.field("password", TEXT),
  TextareaView: (view) => view.labelled(view.bound(document.createElement("textarea"), TEXT)),
  ColorPickerView: (view) => view.field("color", TEXT),
  CheckboxView: (view) => view.checkbox(),
  ToggleButtonView: (view) => view.button(() => view.put("value", view.model.get("value") !== true)),
  ButtonView: (view) => view.button(() => view.send({ event: "click" })),
  DropdownView: (view) => view.labelled(view.choice(1)),
  RadioButtonsView: (view) => view.labelled(view.choice(1)),
  SelectView: (view) => view.labelled(view.choice(5)),
  LabelView: (view) => view.shown((element, value) => (element.textContent = value)),
  HTMLView: (view) => view.shown((element, value) => (element.innerHTML = value)), // foreign ground anyway
  HTMLMathView: (view) => view.shown((element, value) => (element.innerHTML = value)),
  ProgressView: (view) => view.progress(),
  ImageView: (view) => view.image(),
  BoxView: (view) => view.children("row"),
  HBoxView: (view) => view.children("row"),
  VBoxView: (view) => view.children("column"),
  GridBoxView: (view) => view.children("row"),
};

/** Makes the view of a control; null for those that are not drawn here. */
export function controlView(model: WidgetModel, options: object): DOMWidgetView | null {
  const draw = CONTROLS[String(model.get("_view_name"))];
  return draw === undefined ? null : new ControlView({ model, options }).drawnBy(draw);
}

interface Written {
  readonly parse: (text: string) => unknown;
  readonly format: (value: unknown) => string;
}

class ControlView extends DOMWidgetView {
  #draw: Draw | null = null;

  drawnBy(draw: Draw): this {
    this.#draw = draw;
    return this;
  }

  override async render(): Promise<void> {
    const drawn = await this.#draw?.(this);
    if (drawn !== undefined) this.el.append(drawn);
  }

  text(trait: string): string {
    const value = this.model.get(trait);
    return typeof value === "string" ? value : "";
  }

  put(trait: string, value: unknown): void {
    this.model.set(trait, value);
    this.touch();
  }

  /** Called now, and whenever one of the traits is another. */
  following(traits: readonly string[], show: () => void): void {
    show();
    this.listenTo(this.model, traits.map((trait) => `change:${trait}`).join(" "), show);
  }

  labelled(input: HTMLElement): HTMLElement {
    const label = document.createElement("label");
    const name = document.createElement("span");
    label.className = "widget-inline-hbox";
    label.append(name, " ", input);
    this.following(["description"], () => (name.textContent = this.text("description")));
    return label;
  }

  /** An input whose text is the trait `value`, sent while it is changed or when that is done. */
  bound<T extends HTMLInputElement | HTMLTextAreaElement>(input: T, { parse, format }: Written): T {
    const take = (): void => this.put("value", parse(input.value));
    input.addEventListener("input", () => this.model.get("continuous_update") !== false && take());
    input.addEventListener("change", take);
    this.following(["value", "disabled", "min", "max", "step", "placeholder"], () => {
      for (const name of ["min", "max", "step", "placeholder"]) {
        const value = this.model.get(name);
        if (typeof value === "number" || typeof value === "string") input.setAttribute(name, String(value));
      }
      input.disabled = this.model.get("disabled") === true;
      const now = format(this.model.get("value") ?? "");
      if (input.value !== now) input.value = now; // or the cursor would go to the end
    });
    return input;
  }

  field(type: string, written: Written): HTMLElement {
    const input = document.createElement("input");
    input.type = type;
    const label = this.labelled(this.bound(input, written));
    if (type !== "range") return label;
    const readout = document.createElement("output");
    label.append(" ", readout);
    this.following(["value"], () => (readout.textContent = String(this.model.get("value"))));
    return label;
  }

  checkbox(): HTMLElement {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.addEventListener("change", () => this.put("value", input.checked));
    this.following(["value", "disabled"], () => {
      input.checked = this.model.get("value") === true;
      input.disabled = this.model.get("disabled") === true;
    });
    return this.labelled(input);
  }

  button(press: () => void): HTMLElement {
    const button = document.createElement("button");
    button.className = "jupyter-button";
    button.addEventListener("click", press);
    this.following(["description", "disabled", "tooltip", "value"], () => {
      button.textContent = this.text("description");
      button.title = this.text("tooltip");
      button.disabled = this.model.get("disabled") === true;
      if (this.model.has("value")) button.setAttribute("aria-pressed", String(this.model.get("value")));
    });
    return button;
  }

  choice(size: number): HTMLElement {
    const select = document.createElement("select");
    select.size = size;
    select.addEventListener("change", () => this.put("index", select.selectedIndex < 0 ? null : select.selectedIndex));
    this.following(["_options_labels", "index", "disabled"], () => {
      const labels = this.model.get("_options_labels");
      const options = (Array.isArray(labels) ? labels : []).map((label) => {
        return Object.assign(document.createElement("option"), { textContent: String(label) });
      });
      select.replaceChildren(...options);
      const index = this.model.get("index");
      select.selectedIndex = typeof index === "number" ? index : -1;
      select.disabled = this.model.get("disabled") === true;
    });
    return select;
  }

  shown(show: (element: HTMLElement, value: string) => unknown): HTMLElement {
    const element = document.createElement("span");
    this.following(["value"], () => void show(element, this.text("value")));
    return element;
  }

  progress(): HTMLElement {
    const bar = document.createElement("progress");
    this.following(["value", "min", "max"], () => {
      const [value, min, max] = ["value", "min", "max"].map((name) => Number(this.model.get(name) ?? 0));
      bar.max = (max ?? 1) - (min ?? 0);
      bar.value = (value ?? 0) - (min ?? 0);
    });
    return this.labelled(bar);
  }

  image(): HTMLElement {
    const image = document.createElement("img");
    this.following(["value", "format"], () => {
      const value = this.model.get("value");
      if (!(value instanceof DataView)) return;
      URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(
        new Blob([value as DataView<ArrayBuffer>], { type: `image/${this.text("format")}` }),
      );
    });
    return image;
  }

  async children(direction: "row" | "column"): Promise<HTMLElement> {
    const box = document.createElement("div");
    box.className = direction === "column" ? "widget-box widget-vbox" : "widget-box";
    const draw = async (): Promise<void> => {
      const models = (await unpack_models(this.model.get("children"), this.model.widget_manager)) as WidgetModel[];
      const views = await Promise.all(models.map((model) => this.create_child_view(model)));
      box.replaceChildren(...views.map(({ el }) => el));
    };
    this.listenTo(this.model, "change:children", () => void draw());
    await draw();
    return box;
  }
}
