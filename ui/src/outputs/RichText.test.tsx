// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { expect, test, vi } from "vitest";
import { bundle, root, setStage, show } from "./Stage";

setStage();

test("HTML is sanitised into a shadow root", async () => {
  show(bundle({ "text/html": '<table id="T"><tr><th scope="row">x</th></tr></table><img src=x onerror=alert(1)>' }));
  const shadow = await vi.waitFor(() => {
    const found = [...root.querySelectorAll("div")].find((each) => each.shadowRoot !== null)?.shadowRoot;
    if (!found?.querySelector("table")) throw new Error("not yet");
    return found;
  });
  expect(shadow.querySelector("th")?.getAttribute("scope")).toBe("row");
  expect(shadow.querySelector("img")?.hasAttribute("onerror")).toBe(false);
  expect(root.querySelector("iframe")).toBeNull();
});

test("LaTeX becomes MathML", async () => {
  show(bundle({ "text/latex": "$\\displaystyle \\frac{1}{2}$" }));
  await vi.waitFor(() => expect(root.querySelector("math mfrac")).not.toBeNull());
});

test("Markdown becomes HTML", async () => {
  show(bundle({ "text/markdown": "**x** <script>1</script>" }));
  await vi.waitFor(() => expect(root.querySelector("strong")?.textContent).toBe("x"));
  expect(root.querySelector("script")).toBeNull();
});
