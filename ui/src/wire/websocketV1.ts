/**
 * The `v1.kernel.websocket.jupyter.org` framing: one binary WebSocket message carries one message of one channel.
 *
 *     count | offset_0 … offset_(count-1) | channel | header | parent_header | metadata | content | buffer…
 *
 * `count` and the offsets are little-endian uint64, counted from the start of the frame. A frame is refused unless its
 * parts lie behind the table one after the other up to the end. Twin of adrastea/protocol/websocket_v1.py, same vectors
 * (tests/vectors/websocket_v1).
 */
import { ParseError } from "./parse";

export const SUBPROTOCOL = "v1.kernel.websocket.jupyter.org";

export type Channel = "shell" | "control" | "stdin" | "iopub";
const CHANNELS: readonly Channel[] = ["shell", "control", "stdin", "iopub"];

/** A message with its four JSON parts as they stand on the wire. */
export interface Frame {
  readonly channel: Channel;
  readonly header: string;
  readonly parentHeader: string;
  readonly metadata: string;
  readonly content: string;
  readonly buffers: readonly Uint8Array[];
}

const WORD = 8;
const LEAST_OFFSETS = 6; // channel, four JSON parts, and the end

export function encode(frame: Frame): ArrayBuffer {
  const texts = new TextEncoder();
  const json = [frame.channel, frame.header, frame.parentHeader, frame.metadata, frame.content];
  const parts = [...json.map((text) => texts.encode(text)), ...frame.buffers];
  const count = parts.length + 1;
  let offset = WORD * (1 + count);
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, offset));
  const view = new DataView(data.buffer);
  view.setBigUint64(0, BigInt(count), true);
  parts.forEach((part, index) => {
    view.setBigUint64(WORD * (1 + index), BigInt(offset), true);
    data.set(part, offset);
    offset += part.length;
  });
  view.setBigUint64(WORD * count, BigInt(offset), true);
  return data.buffer;
}

/** The message of one frame; throws `ParseError`. */
export function decode(data: ArrayBuffer): Frame {
  const [name, header, parentHeader, metadata, content, ...buffers] = partsOf(data);
  const channel = CHANNELS.find((known) => known === textOf(name));
  if (channel === undefined) throw new ParseError("A WebSocket frame names a channel that does not exist.");
  return {
    channel,
    header: textOf(header),
    parentHeader: textOf(parentHeader),
    metadata: textOf(metadata),
    content: textOf(content),
    buffers,
  };
}

function partsOf(data: ArrayBuffer): Uint8Array[] {
  const view = new DataView(data);
  const words = Math.floor(data.byteLength / WORD);
  const count = words === 0 ? 0 : wordAt(view, 0);
  if (count < LEAST_OFFSETS || count >= words) {
    throw new ParseError("A WebSocket frame has a wrong number of parts, or is cut off.");
  }
  const offsets = Array.from({ length: count }, (_, index) => wordAt(view, WORD * (1 + index)));
  const inOrder = offsets.every((offset, index) => index === 0 || (offsets[index - 1] ?? 0) <= offset);
  if (!inOrder || offsets[0] !== WORD * (1 + count) || offsets.at(-1) !== data.byteLength) {
    throw new ParseError("A WebSocket frame has parts that overlap, leave gaps or lie outside it.");
  }
  return offsets.slice(1).map((end, index) => new Uint8Array(data, offsets[index], end - (offsets[index] ?? 0)));
}

/** Numbers above 2^53 lose their last digits, and are out of every frame anyway. */
function wordAt(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function textOf(part: Uint8Array | undefined): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part);
  } catch {
    throw new ParseError("A WebSocket frame holds text that is not UTF-8.");
  }
}
