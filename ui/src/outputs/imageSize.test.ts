import { describe, expect, test } from "vitest";
import { askedSize } from "./ImageOutput";
import { imageSize, svgSize } from "./imageSize";

function base64(...bytes: (number | string)[]): string {
  return btoa(bytes.map((part) => (typeof part === "string" ? part : String.fromCharCode(part))).join(""));
}

const PNG = base64(0x89, "PNG\r\n", 0x1a, "\n", 0, 0, 0, 13, "IHDR", 0, 0, 2, 128, 0, 0, 1, 224, 8, 6, 0, 0, 0);

describe("the size in the first bytes", () => {
  test.each([
    ["image/png", PNG, { width: 640, height: 480 }],
    ["image/gif", base64("GIF89a", 10, 0, 20, 1), { width: 10, height: 276 }],
    [
      "image/jpeg",
      base64(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 11, 8, 0, 100, 1, 44, 3),
      { width: 300, height: 100 },
    ],
    [
      "image/webp",
      base64("RIFF", 0, 0, 0, 0, "WEBPVP8X", 10, 0, 0, 0, 0, 0, 0, 0, 43, 1, 0, 99, 0, 0),
      { width: 300, height: 100 },
    ],
    [
      "image/webp",
      base64("RIFF", 0, 0, 0, 0, "WEBPVP8 ", 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 44, 1, 100, 0),
      { width: 300, height: 100 },
    ],
    [
      "image/webp",
      base64("RIFF", 0, 0, 0, 0, "WEBPVP8L", 0, 0, 0, 0, 0x2f, 43, 193, 24, 0),
      { width: 300, height: 100 },
    ],
  ])("of %s", (mime, data, size) => expect(imageSize(mime, data)).toEqual(size));

  test.each([
    ["image/png", ""],
    ["image/png", "not base64!"],
    ["image/png", btoa("too short")],
    ["image/jpeg", btoa("no jpeg at all, but long enough")],
    ["image/tiff", PNG],
  ])("is not made up for %s %j", (mime, data) => expect(imageSize(mime, data)).toBeNull());
});

describe("the size of an SVG", () => {
  test.each([
    ['<svg width="100" height="50">', { width: 100, height: 50 }],
    ['<?xml version="1.0"?><!-- x --><svg width="72pt" height="1in" viewBox="0 0 1 1">', { width: 96, height: 96 }],
    ['<svg viewBox="0 0 30 20">', { width: 30, height: 20 }],
    ['<svg width="60" viewBox="0 0 30 20">', { width: 60, height: 40 }],
    ['<svg width="100%" height="100%" viewBox="0 0 30 20">', { width: 30, height: 20 }],
    ["<svg stroke-width='3' width='10px' height='20px'>", { width: 10, height: 20 }],
  ])("%s", (source, size) => expect(svgSize(source)).toEqual(size));

  test.each(["", "<div>", "<svg>", '<svg width="100%" height="3em">'])("is not made up for %j", (source) =>
    expect(svgSize(source)).toBeNull(),
  );
});

describe("what the metadata ask for", () => {
  const own = { width: 400, height: 200 };

  test("wins, for an image with twice the pixels", () => {
    expect(askedSize({ width: 200, height: 100 }, own)).toEqual({ width: 200, height: 100 });
  });

  test("is completed by the image's own ratio", () => {
    expect(askedSize({ width: 100 }, own)).toEqual({ width: 100, height: 50 });
    expect(askedSize({ height: "100px" }, own)).toEqual({ width: 200, height: 100 });
  });

  test("is passed over where it is nonsense", () => expect(askedSize({ width: -1, height: "tall" }, own)).toEqual(own));
});
