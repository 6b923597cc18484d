import { beforeEach, expect, test } from "vitest";
import { cycleRegion } from "./regions";

const focused = () => document.activeElement?.id;

beforeEach(() => {
  document.body.innerHTML = `
    <header data-region="tabs"><button id="other" tabindex="-1"></button><button id="tab" tabindex="0"></button></header>
    <aside data-region="side" hidden><button id="file"></button></aside>
    <main data-region="document" id="document"></main>
    <footer data-region="status"><button id="off" disabled></button><button id="status"></button></footer>`;
});

test("the focus goes round the regions that are there", () => {
  const seen = [1, 1, 1, 1].map(() => {
    cycleRegion(document, 1);
    return focused();
  });
  expect(seen).toEqual(["tab", "document", "status", "tab"]);
});

test("and backwards", () => {
  cycleRegion(document, -1);
  expect(focused()).toBe("status");
  cycleRegion(document, -1);
  expect(focused()).toBe("document");
});
