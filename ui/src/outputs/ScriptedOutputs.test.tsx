// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { bundle, button, hostThatSays, root, setStage, show, showIn } from "./Stage";

setStage();

test("HTML with a script asks first, and then runs in a frame that may do nothing else", () => {
  show(bundle({ "text/html": "<script>1</script>" }));
  expect(root.querySelector("iframe")).toBeNull();
  void act(() => button(/Run it/).click());
  expect(root.querySelector("iframe")?.getAttribute("sandbox")).toMatch(/^allow-scripts /);
});

test("beside the question stands what trusts the whole notebook", () => {
  const asked: string[] = [];
  showIn(hostThatSays(asked), bundle({ "text/html": "<script>1</script>" }));
  void act(() => button(/Trust the notebook/).click());
  expect(asked).toEqual(["trust"]);
});

test("when the question has been answered, the keyboard is in the cell", () => {
  root.setAttribute("role", "listitem");
  root.tabIndex = -1;
  show(bundle({ "text/html": "<script>1</script>" }));
  button(/Run it/).focus();
  void act(() => button(/Run it/).click());
  expect(document.activeElement).toBe(root);
});

test("HTML with a script runs at once in a trusted notebook", () => {
  show(bundle({ "text/html": "<script>1</script>" }), true);
  expect(root.querySelector("iframe")?.getAttribute("src")).toBe("sandbox.html");
});

test("a bare script asks first too, and runs at once in a trusted notebook", () => {
  show(bundle({ "application/javascript": "alert(1)" }));
  expect(root.querySelector("iframe")).toBeNull();
  expect(root.textContent).toContain("contains a script");
  show(bundle({ "application/javascript": "alert(1)" }), true);
  expect(root.querySelector("iframe")).not.toBeNull();
});

test("a chart is drawn in a frame, also in a notebook that is not trusted; Bokeh's is a script and asks", () => {
  show(bundle({ "application/vnd.plotly.v1+json": {}, "text/plain": "Figure()" }));
  expect(root.querySelector("iframe")).not.toBeNull();
  show(bundle({ "application/vnd.bokehjs_exec.v0+json": "", "application/javascript": "draw()" }));
  expect(root.querySelector("iframe")).toBeNull();
  expect(root.textContent).toContain("contains a script");
});
