import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { ErrorBoundary } from "./ErrorBoundary";

function Broken({ works }: { readonly works: boolean }) {
  if (!works) throw new Error("broken renderer");
  return <p>works</p>;
}

function show(root: HTMLElement, works: boolean): void {
  void act(() =>
    render(
      <div>
        <ErrorBoundary of={works} text={() => "the text"}>
          <Broken works={works} />
        </ErrorBoundary>
        <p>beside</p>
      </div>,
      root,
    ),
  );
}

test("a renderer that throws says so alone, offers the text, and is tried again when the output changes", () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const root = document.createElement("div");
  show(root, false);
  expect(told).toHaveBeenCalledOnce();
  expect(root.textContent).toContain("This output could not be shown.");
  expect(root.textContent).toContain("beside");
  expect(root.textContent).toContain("Copy details");
  void act(() => root.querySelector("button")?.click());
  expect(root.textContent).toContain("the text");
  show(root, true);
  expect(root.textContent).toBe("worksbeside");
});
