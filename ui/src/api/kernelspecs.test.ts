import { expect, test } from "vitest";
import { parseKernelspecs } from "./kernelspecs";

const spec = (name: string, more: object = {}): object => ({
  name,
  spec: { argv: ["/usr/bin/python3", "-m", "x"], display_name: `The ${name}`, language: "python", ...more },
});

test("kernelspecs and the default are read", () => {
  expect(parseKernelspecs({ default: "b", kernelspecs: { a: spec("a"), b: spec("b") } })).toEqual({
    default: "b",
    list: [
      { name: "a", displayName: "The a", language: "python", program: "/usr/bin/python3" },
      { name: "b", displayName: "The b", language: "python", program: "/usr/bin/python3" },
    ],
  });
});

test("a kernelspec that says little has its name", () => {
  const { list } = parseKernelspecs({ kernelspecs: { a: { name: "a", spec: {} } } });
  expect(list).toEqual([{ name: "a", displayName: "a", language: "", program: "" }]);
});

test("an answer without kernelspecs is an error", () => {
  expect(() => parseKernelspecs({ default: "a" })).toThrow();
});
