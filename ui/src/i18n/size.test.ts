import { expect, test } from "vitest";
import { fileSize } from "./size";

test("a size has the digits that matter", () => {
  expect([1, 980, 1_000, 12_345, 3_400_000, 1e9].map(fileSize)).toEqual([
    "1 byte",
    "980 bytes",
    "1.0 KB",
    "12 KB",
    "3.4 MB",
    "1.0 GB",
  ]);
});
