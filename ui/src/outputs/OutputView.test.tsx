// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { OutputView } from "./OutputView";
import { Host } from "./place";
import { bundle, button, hostThatSays, root, setStage, show } from "./Stage";

setStage();

test("an output is a group that says whose it is", () => {
  show({ output_type: "stream", name: "stdout", text: "hi\n" });
  expect(root.querySelector('[role="group"]')?.getAttribute("aria-label")).toBe("Output of cell 12");
  expect(root.querySelector("pre")?.textContent).toBe("hi\n");
});

test("an output that would stop the page is asked for first", () => {
  show(bundle({ "text/html": "<p>x</p>".repeat(1_500_000), "text/plain": "instead" }));
  expect(root.textContent).toContain("This output is large: 12 MB of HTML.");
  expect(root.textContent).toContain("instead");
});

test("a widget outside of its notebook is its text", () => {
  show(bundle({ "application/vnd.jupyter.widget-view+json": { model_id: "m" }, "text/plain": "IntSlider()" }));
  expect(root.textContent).toContain("lives in its notebook only");
  expect(root.textContent).toContain("IntSlider()");
});

test("a type that nobody knows is named, and can be saved", () => {
  show(bundle({ "application/x-odd": "AA" }));
  expect(root.textContent).toBe("This output cannot be shown (application/x-odd).Save application/x-odd");
});

test("an output is shown as another of its types when asked, and comes back so", () => {
  const host = hostThatSays([]);
  const output = bundle({ "text/markdown": "**x**", "text/plain": "instead" });
  const place = (at: string): void =>
    void act(() =>
      render(
        <Host.Provider value={host}>
          <OutputView key={at} output={output} cellLabel="cell 1" trusted={false} place={at} />
        </Host.Provider>,
        root,
      ),
    );
  place("a/0");
  expect(root.textContent).not.toContain("instead");
  void act(() => root.querySelector<HTMLButtonElement>("[aria-haspopup=menu]")?.click());
  void act(() => button(/View as plain text/).click());
  expect(root.textContent).toContain("instead");
  place("b/0");
  expect(root.textContent).not.toContain("instead");
  place("a/0");
  expect(root.textContent).toContain("instead");
});

test("an output of a type of its own is shown as what it is", () => {
  show({ output_type: "unknown", raw: { output_type: "odd", a: 1 } });
  expect(root.textContent).toContain('output_type: "odd"');
});
