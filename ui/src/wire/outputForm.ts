/** An output from JSON: one that does not look as its type should is carried as `unknown`, never refused. */
import type { Json } from "./json";
import type { Output } from "./outputs";
import { asObject, isObject } from "./parse";

/** Throws `ParseError` for what is no object. */
export function outputOf(raw: unknown): Output {
  const output = asObject(raw, "An output");
  // A checked output is the object that came: its other keys stay with it.
  return isKnownOutput(output) ? (raw as Output) : { output_type: "unknown", raw: raw as Json };
}

function isKnownOutput(output: Readonly<Record<string, unknown>>): boolean {
  switch (output["output_type"]) {
    case "stream":
      return typeof output["name"] === "string" && typeof output["text"] === "string";
    case "display_data":
    case "execute_result":
      return isObject(output["data"]) && isObject(output["metadata"]);
    case "error": {
      const lines = output["traceback"];
      const texts = Array.isArray(lines) && lines.every((line) => typeof line === "string");
      return texts && typeof output["ename"] === "string" && typeof output["evalue"] === "string";
    }
    default:
      return false;
  }
}
