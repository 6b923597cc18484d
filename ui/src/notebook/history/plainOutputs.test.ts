import { expect, test } from "vitest";
import { plainOutputs } from "./plainOutputs";

const STREAM = { output_type: "stream", name: "stdout", text: "one\n\u001b[31mtwo\u001b[0m\n" } as const;
const result = (data: Record<string, string>) =>
  ({ output_type: "execute_result", data, metadata: {}, execution_count: 1 }) as const;

test("printed text, results in plain text and tracebacks are lines", () => {
  const error = { output_type: "error", ename: "E", evalue: "", traceback: ["line 1", "E"] } as const;
  expect(plainOutputs([STREAM, result({ "text/plain": "3" }), error])).toBe("one\ntwo\n3\nline 1\nE");
  expect(plainOutputs([])).toBe("");
});

test("what is more than text is looked at, not compared by lines", () => {
  expect(plainOutputs([STREAM, result({ "text/plain": "<Figure>", "image/png": "AAAA" })])).toBeNull();
  expect(plainOutputs([{ output_type: "unknown", raw: {} }])).toBeNull();
  expect(plainOutputs([{ ...STREAM, text: "x".repeat(500_001) }])).toBeNull();
});
