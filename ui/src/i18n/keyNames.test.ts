import { expect, test } from "vitest";
import { withKeys } from "./keyNames";

test("keys are named as they are printed", () => {
  expect(withKeys("Next match", "Mod+Enter")).toBe("Next match (Ctrl+Enter)");
  expect(withKeys("Close", "Escape")).toBe("Close (Esc)");
});
