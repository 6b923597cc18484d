/** Outputs as lines of text, where they are nothing but text: those can be compared line by line. Pure. */
import { stripAnsi } from "../../outputs/ansi";
import type { Output } from "../../wire/outputs";

const MOST = 500_000; // characters, beyond which nobody reads a comparison

/** Null where one of them is more than text, or where it is too much. */
export function plainOutputs(outputs: readonly Output[]): string | null {
  const texts = outputs.map(plainOutput);
  const text = texts.includes(null) ? null : texts.join("\n");
  return text === null || text.length > MOST ? null : stripAnsi(text);
}

function plainOutput(output: Output): string | null {
  switch (output.output_type) {
    case "stream":
      return output.text.replace(/\n$/, "");
    case "error":
      return output.traceback.join("\n");
    case "display_data":
    case "execute_result": {
      const { "text/plain": text, ...richer } = output.data;
      return typeof text === "string" && Object.keys(richer).length === 0 ? text : null;
    }
    case "unknown":
      return null;
  }
}
