import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TextFileStore } from "./textFileStore";
import { TextFileView } from "./TextFileView";

let root: HTMLElement;
let disk: { text: string | null; failure: Error | null };

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  disk = { text: '{\n "cells": [}\n', failure: null };
});

afterEach(() => {
  render(null, root);
  root.remove();
});

let repairs = 0;

async function show(
  path: string,
  error: { message: string; line: number | null } | null = null,
): Promise<TextFileStore> {
  const store = new TextFileStore(path, {
    read: () =>
      disk.failure
        ? Promise.reject(disk.failure)
        : Promise.resolve({ path, text: disk.text, mimetype: null, writable: true, size: 12_000 }),
    write: () => Promise.reject(new Error("The disk is full.")),
  });
  await store.open();
  await act(() => {
    render(
      <TextFileView
        store={store}
        error={error}
        fileUrl={(file) => `files/${file}`}
        mountEditor={(parent, { text }) => {
          parent.textContent = text.value;
          return () => undefined;
        }}
        openInSystem={null}
        openAsNotebook={() => undefined}
        repair={() => void (repairs += 1)}
      />,
      root,
    );
  });
  return store;
}

test("a broken notebook shows its text, a sentence, and a mark at the line of the error", async () => {
  await show("broken.ipynb", { message: "There is a bracket too few.", line: 2 });
  expect(root.querySelector("p")?.textContent).toContain("There is a bracket too few.");
  expect(root.querySelector<HTMLElement>("[title='Line 2']")?.style.top).toBe("28px");
  expect(root.textContent).toContain('"cells": [}');
});

test("a broken notebook can be repaired from there", async () => {
  disk.text = "{";
  await show("a.ipynb", { message: "It is not JSON.", line: 1 });
  const button = [...root.querySelectorAll("button")].find((one) => one.textContent.startsWith("Try to repair"));
  await act(() => button?.click());
  expect(repairs).toBe(1);
});

test("a picture is shown, and one that is damaged is said to be", async () => {
  await show("plot.png");
  const image = root.querySelector("img")!;
  expect([image.getAttribute("src"), image.alt]).toEqual(["files/plot.png", "plot.png"]);
  await act(() => void image.dispatchEvent(new Event("error")));
  expect(root.querySelector("p")?.textContent).toContain("cannot be shown");
});

test("a file that is no text is offered as a download", async () => {
  disk.text = null;
  await show("data.bin");
  expect(root.textContent).toContain("12 KB");
  expect(root.querySelector("a")?.getAttribute("href")).toBe("files/data.bin");
});

test("a file that cannot be read says why and can be tried again", async () => {
  disk.failure = new Error("Permission denied.");
  await show("a.txt");
  expect(root.textContent).toContain("Permission denied.");
  disk.failure = null;
  await act(() => root.querySelector("button")!.click());
  await vi.waitFor(() => expect(root.textContent).toContain('"cells"'));
});

test("a save that fails is said above the text, with a way to try again", async () => {
  const store = await show("a.txt");
  await act(async () => {
    store.setText("more");
    await store.save();
  });
  expect(root.querySelector("p")?.textContent).toContain("Not saved: The disk is full.");
});
