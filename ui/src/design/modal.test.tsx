import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Dialog } from "./Dialog";

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
});

afterEach(() => {
  render(null, root);
  document.body.replaceChildren();
});

test("the focus starts on the safe choice and returns to where it was", async () => {
  const before = document.createElement("button");
  document.body.append(before);
  before.focus();
  await act(() => {
    render(
      <Dialog title="Sure?" actions={[{ label: "Do it", run: () => undefined }]} onCancel={() => undefined} />,
      root,
    );
  });
  expect(document.activeElement?.textContent).toBe("Cancel");
  await act(() => render(null, root));
  expect(document.activeElement).toBe(before);
});

test("a field that asks for the focus gets it", async () => {
  await act(() => {
    render(
      <Dialog title="Name?" actions={[]} onCancel={() => undefined}>
        <input autofocus />
      </Dialog>,
      root,
    );
  });
  expect(document.activeElement?.tagName).toBe("INPUT");
});
