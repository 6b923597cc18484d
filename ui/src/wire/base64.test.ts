import { expect, test } from "vitest";
import { base64Of, blobOf } from "./base64";

test("bytes come back as they were", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const text = await base64Of(new Blob([bytes]));
  expect(new Uint8Array(await blobOf(text, "image/png").arrayBuffer())).toEqual(bytes);
});

test("nothing is an empty text", async () => {
  expect(await base64Of(new Blob([]))).toBe("");
});
