import { expect, test } from "vitest";
import { outputBlob, outputExtension, outputText } from "./outputFile";

test.each([
  ["text/html", "html"],
  ["image/jpeg", "jpg"],
  ["audio/ogg", "ogg"],
  ["video/x-msvideo.strange", "bin"],
  ["text/x-rst", "txt"],
  ["application/vnd.vegalite.v5+json", "json"],
  ["application/octet-stream", "bin"],
])("a file of type %s ends in .%s", (mime, extension) => expect(outputExtension(mime)).toBe(extension));

test.each([
  ["text/html", ["<b>", "x</b>"], "<b>x</b>"],
  ["text/plain", "\u001b[31mred\u001b[0m", "red"],
  ["application/json", { a: 1 }, '{\n  "a": 1\n}'],
  ["image/svg+xml", "<svg/>", "<svg/>"],
  ["image/png", "iVBO", null],
])("%s %j is copied as %j", (mime, value, text) => expect(outputText(mime, value)).toBe(text));

test("bytes come out of base64, line feeds or not", async () => {
  expect(await outputBlob("application/x-odd", "aGVs\nbG8=\n")?.text()).toBe("hello");
});

test("what is no base64 is no file", () => expect(outputBlob("image/png", "§")).toBeNull());
