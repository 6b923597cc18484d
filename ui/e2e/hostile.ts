/**
 * Hostile content (tests/vectors/xss) and the doors by which it comes in: for every vector a Markdown cell, and a code
 * cell whose outputs bring it as every type that the page knows. `xss()` in a payload becomes a call with its number.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./application";

export interface Hostile {
  readonly number: number;
  readonly kind: string;
  readonly name: string;
  readonly payload: string;
}

const FOLDER = join(REPOSITORY, "tests", "vectors", "xss");

export function hostileVectors(): readonly Hostile[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  const all = files.sort().flatMap((file) => {
    const vectors = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { name: string; payload: string }[];
    return vectors.map((vector) => ({ ...vector, kind: file.replace(".json", "") }));
  });
  return all.map(({ kind, name, payload }, at) => ({
    number: at + 1,
    kind,
    name,
    payload: payload.replaceAll("xss()", `xss(${at + 1})`),
  }));
}

/** What stands in the notebook for one vector. */
export function hostileCells({ kind, payload }: Hostile): readonly object[] {
  const inLinks = `<a href="${payload}">press</a><img src="${payload}"><video src="${payload}"></video>`;
  const html = kind === "urls" ? inLinks : payload;
  const markdown = kind === "urls" ? `[press](${payload}) ![x](${payload}) <${payload}>\n\n${inLinks}` : payload;
  const attachments = { [payload]: { "image/svg+xml": html, "text/html": html }, x: { [payload]: payload } };
  return [
    { cell_type: "markdown", source: markdown, attachments },
    { cell_type: "code", source: payload, metadata: { tags: [payload] }, outputs: outputsOf(payload, html, markdown) },
  ];
}

function outputsOf(payload: string, html: string, markdown: string): readonly object[] {
  const shown = (data: object, metadata: object = {}): object => ({ output_type: "display_data", data, metadata });
  return [
    shown({ "text/html": html, "text/plain": payload }),
    shown({ "text/html": `<table><tr><td>${html}</td></tr></table>` }),
    shown({ "text/markdown": markdown }),
    shown({ "image/svg+xml": html, "text/plain": payload }, { alt: payload, "image/svg+xml": { alt: payload } }),
    shown({ "text/latex": payload }),
    shown({ "text/latex": `$${payload}$` }),
    shown({ "application/json": { [payload]: payload, list: [payload] } }),
    shown({ "image/png": payload, "text/plain": payload }, { alt: payload, width: payload }),
    shown({ [payload]: payload }),
    { output_type: "stream", name: payload, text: payload },
    {
      output_type: "error",
      ename: payload,
      evalue: payload,
      traceback: [`File ${payload}`, payload, `Cell In[${payload}]`],
    },
    { output_type: payload, payload },
  ];
}

/** Looks through the page, shadow roots and all, for what could act. Runs in the page. */
export function whatCouldAct(): readonly string[] {
  const found: string[] = [];
  const elements = (root: ParentNode): Element[] =>
    [...root.querySelectorAll("*")].flatMap((one) => [
      one,
      ...(one.shadowRoot === null ? [] : elements(one.shadowRoot)),
    ]);
  const acts =
    /^(?:script|object|embed|applet|base|meta|link|form|frame|frameset|foreignobject|animate|set|use|portal|fencedframe|dialog)$/i;
  // eslint-disable-next-line no-control-regex
  const scheme = (value: string): string => value.replace(/[\u0000-\u0020\u00a0]/g, "").toLowerCase();
  const cells = [...document.querySelectorAll("[role=listitem][data-cell]")];
  for (const element of cells.flatMap(elements)) {
    const say = (what: string): void => void found.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
    if (acts.test(element.localName)) say("an element that acts");
    if (element.localName === "iframe" && element.getAttribute("sandbox")?.includes("same-origin") !== false)
      say("a frame");
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) say("a handler");
      if (/^(?:srcdoc|formaction|action|popover|ping|is)$/i.test(name)) say("an attribute that acts");
      if (!/^(?:href|src|xlink:href|data|poster|background|cite)$/i.test(name)) continue;
      const address = scheme(value);
      if (/^(?:javascript|vbscript|livescript|mocha|file|blob:null|filesystem|jar|feed|view-source):/.test(address))
        say("an address");
      const isPicture = /^(?:img|audio|video|source|track)$/.test(element.localName);
      if (!isPicture && address.startsWith("data:") && !/^data:(?:image|audio|video)\//.test(address)) say("data");
    }
  }
  const corners = [
    [60, 18],
    [innerWidth - 40, 18],
    [100, innerHeight - 12],
    [innerWidth - 60, innerHeight - 12],
  ] as const;
  for (const [x, y] of corners) {
    const at = document.elementFromPoint(x, y);
    if (at !== null && cells.some((cell) => cell.contains(at)))
      found.push(`over the window's edge: ${at.outerHTML.slice(0, 200)}`);
  }
  return found;
}

/** The same as widgets that a notebook has kept: a cell for each vector, and the state for the notebook's metadata. */
export function hostileWidgets(vectors: readonly Hostile[]): {
  readonly cells: readonly object[];
  readonly metadata: object;
} {
  const state = Object.fromEntries(vectors.flatMap(modelsOf));
  const type = "application/vnd.jupyter.widget-state+json";
  const cells = vectors.map(({ number }) => {
    const data = { "application/vnd.jupyter.widget-view+json": { model_id: `box-${number}` } };
    const outputs = [{ output_type: "display_data", metadata: {}, data }];
    return { id: `w${number}`, cell_type: "code", source: "", metadata: {}, execution_count: null, outputs };
  });
  return { cells, metadata: { widgets: { [type]: { version_major: 2, version_minor: 0, state } } } };
}

function modelsOf({ number, payload }: Hostile): readonly (readonly [string, object])[] {
  const made: (readonly [string, object])[] = [];
  const model = (name: string, view: string, more: object): string => {
    const id = `${name}-${number}-${made.length}`;
    const own = { _view_module: "@jupyter-widgets/controls", _view_name: view, layout: `IPY_MODEL_layout-${number}` };
    const named = {
      model_name: `${name}Model`,
      model_module: "@jupyter-widgets/controls",
      model_module_version: "2.0.0",
    };
    made.push([id, { ...named, state: { ...own, tooltip: payload, ...more } }]);
    return `IPY_MODEL_${id}`;
  };
  const described = { description: payload, description_allow_html: true, value: payload };
  const label = model("Label", "LabelView", { value: payload });
  const children = [
    label,
    model("HTML", "HTMLView", described),
    model("HTMLMath", "HTMLMathView", described),
    model("Text", "TextView", { ...described, placeholder: payload }),
    model("Dropdown", "DropdownView", { description: payload, _options_labels: [payload], index: 0 }),
    model("Button", "ButtonView", { description: payload, icon: payload, button_style: payload }),
    model("Accordion", "AccordionView", { titles: [payload], children: [label], selected_index: 0 }),
    model("TagsInput", "TagsInputView", { value: [payload] }),
    model("ColorPicker", "ColorPickerView", { value: payload }),
    model("Image", "ImageView", { format: "url", value: payload, _dom_classes: [payload] }),
  ];
  const css = { width: payload, border_top: payload, grid_area: payload, height: `url(${payload})` };
  made.push([`layout-${number}`, { model_name: "LayoutModel", model_module: "@jupyter-widgets/base", state: css }]);
  const box = { _view_module: "@jupyter-widgets/controls", _view_name: "VBoxView", children };
  made.push([`box-${number}`, { model_name: "VBoxModel", model_module: "@jupyter-widgets/controls", state: box }]);
  return made;
}
