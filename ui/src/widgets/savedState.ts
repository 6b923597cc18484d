/**
 * The widgets that a notebook's metadata keep, as Jupyter and nbconvert read and write them: shown as they were, not alive.
 *
 * Source of truth: https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema (widget state, version 2)
 */
import type { Json, JsonObject } from "../wire/json";
import { isObject } from "../wire/parse";
import { bytesOf, parted, withBuffers } from "./widgetMessages";
import { type ModelId, referenceIn, WidgetModel, type WidgetState } from "./widgetModel";

const TYPE = "application/vnd.jupyter.widget-state+json";

/** They by their ids; what does not look as it should is left out. */
export function savedModels(metadata: JsonObject): ReadonlyMap<ModelId, WidgetModel> {
  const found = new Map<ModelId, WidgetModel>();
  const kept = isObject(metadata["widgets"]) ? metadata["widgets"][TYPE] : undefined;
  const states = isObject(kept) ? kept["state"] : undefined;
  if (!isObject(states)) return found;
  for (const [id, raw] of Object.entries(states)) {
    if (isObject(raw) && isObject(raw["state"])) found.set(id, modelOf(id, raw, raw["state"]));
  }
  return found;
}

function modelOf(id: ModelId, raw: Readonly<Record<string, unknown>>, state: Readonly<Record<string, unknown>>) {
  const parts = (Array.isArray(raw["buffers"]) ? raw["buffers"] : []).flatMap((part: unknown) => {
    const isWhole = isObject(part) && part["encoding"] === "base64" && Array.isArray(part["path"]);
    return isWhole && typeof part["data"] === "string" ? [{ path: part["path"] as string[], data: part["data"] }] : [];
  });
  const own = {
    _model_name: raw["model_name"],
    _model_module: raw["model_module"],
    _model_module_version: raw["model_module_version"],
    ...state,
  };
  const paths = parts.map(({ path }) => path);
  return new WidgetModel(
    id,
    withBuffers(
      own,
      paths,
      parts.map(({ data }) => bytesOf(data)),
    ),
    false,
  );
}

/** The metadata with the state of `models`, or without any where there are none. Other widgets' state stays as it is. */
export function withSavedState(metadata: JsonObject, models: readonly WidgetModel[]): JsonObject {
  const { widgets: before, ...others } = metadata;
  const { [TYPE]: _, ...foreign } = isObject(before) ? before : {};
  const kept = models.length === 0 ? {} : { [TYPE]: { version_major: 2, version_minor: 0, state: stateOf(models) } };
  const widgets = { ...foreign, ...kept };
  return Object.keys(widgets).length === 0 ? others : { ...others, widgets };
}

function stateOf(models: readonly WidgetModel[]): JsonObject {
  return Object.fromEntries(models.map((model) => [model.id, savedForm(model.state.peek())]));
}

function savedForm(whole: WidgetState): JsonObject {
  const { state, buffer_paths, buffers } = parted(whole);
  const text = (name: string): Json => state[name] ?? "";
  return {
    model_name: text("_model_name"),
    model_module: text("_model_module"),
    model_module_version: text("_model_module_version"),
    state,
    ...(buffers.length > 0 && {
      buffers: buffers.map((data, index) => ({ encoding: "base64", path: [...(buffer_paths[index] ?? [])], data })),
    }),
  };
}

/** The models that are seen through `shown`: they, those that they name, and the links between these. */
export function seenModels(models: readonly WidgetModel[], shown: readonly ModelId[]): readonly WidgetModel[] {
  const all = new Map(models.map((model) => [model.id, model]));
  const seen = new Set<WidgetModel>();
  const visit = (value: unknown): void => {
    const id = referenceIn(value);
    if (id !== null) see(id);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value) && Object.getPrototypeOf(value) === Object.prototype) Object.values(value).forEach(visit);
  };
  const see = (id: ModelId): void => {
    const model = all.get(id);
    if (model === undefined || seen.has(model)) return;
    seen.add(model);
    visit(model.state.peek());
  };
  shown.forEach(see);
  for (const model of models) {
    const { source, target } = model.state.peek();
    const ends = [source, target].map((end) => (Array.isArray(end) ? referenceIn(end[0]) : null));
    if (ends.every((id) => id !== null && [...seen].some((one) => one.id === id))) see(model.id);
  }
  return models.filter((model) => seen.has(model));
}
