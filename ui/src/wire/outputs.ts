/**
 * Outputs of a code cell as they travel on the document socket: nbformat 4.5 with joined strings.
 * Unknown keys may stand beside the known ones. Source of truth: docs/document-socket.md.
 */
import type { Json, JsonObject } from "./json";

/** Mime type to text, or to JSON for `…+json` and `application/json`. Images are base64 text. */
export type Mimebundle = JsonObject;

export interface StreamOutput {
  readonly output_type: "stream";
  /** `stdout` or `stderr`. */
  readonly name: string;
  readonly text: string;
}

export interface DisplayDataOutput {
  readonly output_type: "display_data";
  readonly data: Mimebundle;
  readonly metadata: JsonObject;
  readonly display_id?: string;
}

export interface ExecuteResultOutput {
  readonly output_type: "execute_result";
  readonly data: Mimebundle;
  readonly metadata: JsonObject;
  readonly execution_count: number | null;
  readonly display_id?: string;
}

export interface ErrorOutput {
  readonly output_type: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** An output of a type that we do not know: shown as its JSON, carried through. */
export interface UnknownOutput {
  readonly output_type: "unknown";
  readonly raw: Json;
}

export type Output = StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput | UnknownOutput;
