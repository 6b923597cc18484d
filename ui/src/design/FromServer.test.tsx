import { render } from "preact";
import { expect, test } from "vitest";
import { FromServer } from "./FromServer";

test("what the server says is marked as English", () => {
  const root = document.createElement("div");
  render(<FromServer text="No space left." />, root);
  expect(root.innerHTML).toBe('<span lang="en">No space left.</span>');
});
