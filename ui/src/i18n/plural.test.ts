import { expect, test } from "vitest";
import { plural } from "./plural";

test("one thing is singular, none and many are plural", () => {
  expect(plural(1, "cell")).toBe("1 cell");
  expect(plural(0, "cell")).toBe("0 cells");
  expect(plural(12, "queued cell")).toBe("12 queued cells");
  expect(plural(2, "reply", "replies")).toBe("2 replies");
});
