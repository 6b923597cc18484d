import { expect, test } from "vitest";
import { openLinkedFile } from "./linkedFiles";

function press(html: string, init: MouseEventInit = {}): string[] {
  const opened: string[] = [];
  const host = document.createElement("div");
  document.body.append(host);
  host.attachShadow({ mode: "open" }).innerHTML = html;
  host.addEventListener("click", (event) => openLinkedFile(event, { openFile: (path) => void opened.push(path) }));
  const event = new MouseEvent("click", { bubbles: true, composed: true, cancelable: true, ...init });
  host.shadowRoot?.querySelector("b")?.dispatchEvent(event);
  return [...opened, event.defaultPrevented ? "ours" : "the browser's"];
}

test.each([
  ['<a href="files/a.csv" data-path="a.csv"><b>x</b></a>', {}, ["a.csv", "ours"]],
  ['<a href="files/a.csv" data-path="a.csv"><b>x</b></a>', { ctrlKey: true }, ["the browser's"]],
  ['<a href="https://x.example"><b>x</b></a>', {}, ["the browser's"]],
  ["<b>x</b>", {}, ["the browser's"]],
])("%s with %j: %j", (html, init, done) => expect(press(html, init)).toEqual(done));
