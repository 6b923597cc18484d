import { expect, test } from "vitest";
import manual from "../../../../docs/kernels.md?raw";
import { howToAddOne } from "./KernelHelp";

test("of the manual's page, how to add a kernel is shown, and not what was measured", () => {
  const shown = howToAddOne(manual);
  expect(shown.startsWith("## How to add one")).toBe(true);
  expect(shown).toContain("pip install ipykernel");
  expect(shown).not.toContain("What was tried");
});
