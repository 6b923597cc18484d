// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { bundle, button, hostThatSays, root, setStage, show, showIn } from "./Stage";

setStage();

test("an image has its place reserved and says what it shows", () => {
  const header = `\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0002\u0080\0\0\u0001\u00e0`;
  show(bundle({ "image/png": btoa(header), "text/plain": "<Figure size 640x480 with 1 Axes>" }));
  const image = root.querySelector("img");
  expect([image?.getAttribute("width"), image?.getAttribute("height")]).toEqual(["640", "480"]);
  expect(image?.alt).toBe("Figure size 640x480 with 1 Axes");
});

test("an SVG is an image, so that nothing in it can run", () => {
  show(bundle({ "image/svg+xml": '<svg width="10" height="5"><script>alert(1)</script></svg>' }));
  expect(root.querySelector("svg script")).toBeNull();
  expect(root.querySelector("img")?.getAttribute("src")).toMatch(/^data:image\/svg\+xml/);
});

test("an image that cannot be decoded says so, beside its text", () => {
  show(bundle({ "image/png": "AAAA", "text/plain": "<Figure>" }));
  void act(() => void root.querySelector("img")?.dispatchEvent(new Event("error")));
  expect(root.textContent).toContain("This image cannot be shown");
  expect(root.textContent).toContain("<Figure>");
});

test("the context menu of an image is that of its output; that of text is the browser's", () => {
  const ask = (target: Element | null): boolean => {
    const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
    void act(() => void target?.dispatchEvent(event));
    return event.defaultPrevented;
  };
  show(bundle({ "image/png": "AAAA" }));
  expect(ask(root.querySelector("img"))).toBe(true);
  expect(root.querySelector("[role=menu]")?.textContent).toContain("Zoom");
  show({ output_type: "stream", name: "stdout", text: "x" });
  expect(ask(root.querySelector("pre"))).toBe(false);
});

test("an image is given a description by its menu", () => {
  const asked: string[] = [];
  Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined, close: () => undefined }); // jsdom has none
  showIn(hostThatSays(asked), bundle({ "image/png": "AAAA" }, { alt: "before" }));
  void act(() => root.querySelector<HTMLButtonElement>("[aria-haspopup=menu]")?.click());
  void act(() => button(/Add description/).click());
  const field = root.querySelector("textarea");
  expect(field?.value).toBe("before");
  void act(() => {
    field!.value = "four waves";
    void field!.dispatchEvent(new Event("input", { bubbles: true }));
  });
  void act(() => button(/Save description/).click());
  expect(asked).toEqual(["describe", '"a/0"', "image/png"]);
});
