import { expect, test } from "vitest";
import { OutputMemory } from "./place";

test("a choice is kept under its name, and another name has its own", () => {
  const memory = new OutputMemory();
  memory.choice("a/0 type", "").value = "text/plain";
  expect(memory.choice("a/0 type", "").value).toBe("text/plain");
  expect(memory.choice("a/1 type", "").value).toBe("");
});
