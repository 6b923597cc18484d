import { expect, test } from "vitest";
import { withReporter } from "./watch";

test.each([
  ["<!DOCTYPE html>\n<p>x", /^<!DOCTYPE html><script>.*<\/script>\n<p>x$/],
  ["<p>x", /^<script>.*<\/script><p>x$/],
])("a frame within tells what it could not load, and stays in its mode: %j", (source, expected) => {
  expect(withReporter(source)).toMatch(expected);
});
