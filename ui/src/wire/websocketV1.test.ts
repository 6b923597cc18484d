import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ParseError } from "./parse";
import { type Channel, decode, encode } from "./websocketV1";

interface Vector {
  readonly name: string;
  readonly channel: Channel;
  readonly header: string;
  readonly parent_header: string;
  readonly metadata: string;
  readonly content: string;
  readonly buffers: readonly string[];
  readonly frame: string;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../tests/vectors/websocket_v1/${name}`, import.meta.url), "utf8"));

function bytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}

function hexOf(data: ArrayBuffer | Uint8Array): string {
  return Buffer.from(new Uint8Array(data)).toString("hex");
}

const frames = read("frames.json") as Vector[];
const refused = read("refused.json") as { name: string; frame: string }[];

test.each(frames)("encoded: $name", (vector) => {
  const { channel, header, parent_header: parentHeader, metadata, content } = vector;
  const data = encode({ channel, header, parentHeader, metadata, content, buffers: vector.buffers.map(bytes) });
  expect(hexOf(data)).toBe(vector.frame);
});

test.each(frames)("decoded: $name", (vector) => {
  const frame = decode(bytes(vector.frame).buffer as ArrayBuffer);
  expect(frame.channel).toBe(vector.channel);
  expect([frame.header, frame.parentHeader, frame.metadata, frame.content]).toEqual([
    vector.header,
    vector.parent_header,
    vector.metadata,
    vector.content,
  ]);
  expect(frame.buffers.map(hexOf)).toEqual(vector.buffers);
});

test.each(refused)("refused: $name", ({ frame }) => {
  expect(() => decode(bytes(frame).buffer as ArrayBuffer)).toThrow(ParseError);
});
