import { beforeEach, expect, test } from "vitest";
import { cycleRegion, focusRegion, refocusDocument } from "./regions";

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

test("what is current in a region gets the focus before its other tab stops", () => {
  const main = document.getElementById("document")!;
  main.innerHTML = `<button id="run" tabindex="0"></button><div id="cell" tabindex="0" aria-current="true"></div>`;
  focusRegion(main);
  expect(focused()).toBe("cell");
});

test("the document takes the focus that nobody has, and leaves it to a panel that has it", () => {
  document.getElementById("document")!.innerHTML = `<div id="cell" tabindex="0" aria-current="true"></div>`;
  document.getElementById("tab")!.focus();
  refocusDocument(document);
  expect(focused()).toBe("tab");
  document.getElementById("tab")!.blur();
  refocusDocument(document);
  expect(focused()).toBe("cell");
});

test("a part of the document that is hidden gives the focus up", () => {
  document.getElementById("document")!.innerHTML = `
    <div id="old-tab" style="visibility: hidden"><div id="old" tabindex="0"></div></div>
    <div><div id="new" tabindex="0"></div></div>`;
  document.getElementById("old")!.focus();
  document.getElementById("old")!.style.visibility = "hidden";
  refocusDocument(document);
  expect(focused()).toBe("new");
});
