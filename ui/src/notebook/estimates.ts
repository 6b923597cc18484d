/** How high a cell will be, told from its content without laying it out. What is measured later takes its place. Pure. */
import { imageSize } from "../outputs/imageSize";
import type { Mimebundle, Output } from "../wire/outputs";
import type { Cell } from "./model";
import { divided } from "./outputDivision";

const LINE = 20; // px, --line-code
const CODE_FRAME = 18; // px: padding and border
const PROSE_LINE = 24; // px, --line-document
const PROSE_COLUMNS = 110; // characters in a line of prose
const OUTPUT_FRAME = 12; // px
const TALLEST_OUTPUT = 640; // px: the soft limit with its button
const LONGEST_TEXT = 24; // lines of a long text that are shown
const LONG_TEXT = 200; // lines that are shown inline
const TABLE_ROW = 28; // px
const GAP = 6; // px, --cell-gap

export function estimatedHeight(cell: Cell, showsText = false): number {
  if (cell.cell_type === "markdown" && !showsText) return proseHeight(cell.source) + GAP;
  const source = linesIn(cell.source) * LINE + CODE_FRAME;
  return source + outputsHeight(cell.outputs ?? []) + GAP;
}

/** Of those that are shown at first. */
function outputsHeight(outputs: readonly Output[]): number {
  const { head, tail } = divided(outputs.length);
  return heightOfAll(outputs.slice(0, head)) + heightOfAll(outputs.slice(tail));
}

export function heightOfAll(outputs: readonly Output[]): number {
  return outputs.reduce((sum, output) => sum + outputHeight(output), 0);
}

function proseHeight(source: string): number {
  let height = 8;
  for (const line of source.split("\n")) {
    const heading = /^#{1,3} /.test(line);
    height += line.trim() === "" ? 8 : Math.ceil(line.length / PROSE_COLUMNS) * PROSE_LINE + (heading ? 28 : 0);
  }
  return Math.max(height, 32);
}

function outputHeight(output: Output): number {
  switch (output.output_type) {
    case "stream":
      return textHeight(output.text);
    case "error":
      return Math.min(TALLEST_OUTPUT, textHeight(output.traceback.join("\n")) + 60);
    case "unknown":
      return 60;
    default:
      return Math.min(TALLEST_OUTPUT, bundleHeight(output.data) + OUTPUT_FRAME);
  }
}

function bundleHeight(data: Mimebundle): number {
  for (const mime of ["image/png", "image/jpeg"]) {
    const image = data[mime];
    if (typeof image === "string") return imageSize(mime, image)?.height ?? 300;
  }
  const html = data["text/html"];
  if (typeof html === "string") return Math.max(40, (html.split("<tr").length - 1) * TABLE_ROW);
  if ("image/svg+xml" in data) return 300;
  const text = data["text/plain"];
  return typeof text === "string" ? textHeight(text) : 40;
}

function textHeight(text: string): number {
  const lines = linesIn(text.endsWith("\n") ? text.slice(0, -1) : text);
  return (lines > LONG_TEXT ? LONGEST_TEXT + 2 : lines) * LINE + OUTPUT_FRAME;
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
