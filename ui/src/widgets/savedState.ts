/** The widgets that a notebook's metadata keep, as Jupyter and nbconvert write them: shown as they were, not alive. */
import type { JsonObject } from "../wire/json";
import { isObject } from "../wire/parse";
import { bytesOf, withBuffers } from "./widgetMessages";
import { type ModelId, WidgetModel } from "./widgetModel";

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
