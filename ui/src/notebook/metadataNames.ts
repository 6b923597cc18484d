/** What a notebook says of its kernel in its own metadata. Pure. */
import type { JsonObject } from "../wire/json";

/** The kernelspec that a notebook names; empty where it names none. */
export function kernelIn(metadata: JsonObject): string {
  const { kernelspec: spec } = metadata as { readonly kernelspec?: { readonly name?: unknown } | null };
  return typeof spec?.name === "string" ? spec.name : "";
}

/** The language that a notebook names for itself; Python where it names none. */
export function languageIn(metadata: JsonObject): string {
  const { language_info: info, kernelspec: spec } = metadata as {
    language_info?: { name?: unknown } | null;
    kernelspec?: { language?: unknown } | null;
  };
  for (const name of [info?.name, spec?.language]) if (typeof name === "string" && name !== "") return name;
  return "python";
}
