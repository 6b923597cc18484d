import { expect, test } from "vitest";
import { parseReport } from "./problemReport";

test("versions and log are read", () => {
  const raw = { versions: [["Adrastea", "0.1.0"]], log: "a line" };
  expect(parseReport(raw)).toEqual(raw);
});

test.each([{}, { versions: [["a"]], log: "" }, { versions: [], log: 1 }])("%o is an error", (raw) => {
  expect(() => parseReport(raw)).toThrow();
});
