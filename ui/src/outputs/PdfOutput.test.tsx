// @vitest-environment jsdom
// happy-dom tries to load the frame.
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";
import { button, bundle, hostThatSays, root, setStage, show, showIn } from "./Stage";

setStage();

beforeEach(() => {
  Object.assign(URL, { createObjectURL: () => "blob:pdf", revokeObjectURL: () => undefined }); // jsdom has none
  Object.assign(navigator, { pdfViewerEnabled: true });
});

const pdf = (bytes: number) => btoa(`%PDF-1.7\n${"x".repeat(bytes)}`);
const output = (data: string) => bundle({ "application/pdf": data, "text/plain": "<Report>" });

async function seen(text: string | RegExp): Promise<void> {
  await vi.waitFor(() => expect(root.textContent).toMatch(text));
}

test("a PDF is drawn by the engine, in a frame of its type and of a height that stays", async () => {
  show(output(pdf(1000)));
  await vi.waitFor(() => expect(root.querySelector("iframe")?.getAttribute("src")).toMatch(/^blob:pdf#/));
  expect(root.querySelector("iframe")?.title).toBe("PDF in the output of cell 12");
  const height = () => root.querySelector<HTMLElement>("[style]")?.style.blockSize;
  expect(height()).toBe("480px");
  void act(() => root.querySelector<HTMLButtonElement>("[title=Taller]")?.click());
  expect(height()).toBe("900px");
  expect(root.textContent).toContain("Save as…");
});

test("a large one waits until it is asked for", async () => {
  show(output(pdf(6_000_000)));
  await seen("PDF, 6.0 MB");
  expect(root.querySelector("iframe")).toBeNull();
  void act(() => button(/Show it/).click());
  await vi.waitFor(() => expect(root.querySelector("iframe")).not.toBeNull());
});

test("of a notebook with many only the first are drawn by themselves, and stay so", async () => {
  const host = hostThatSays([]);
  for (const [at, place] of ["a/0", "b/0", "c/0", "d/0", "a/0"].entries()) {
    showIn(host, output(pdf(10 + at)), place);
    await seen(`PDF, ${19 + at} bytes`);
    await vi.waitFor(() => expect(root.querySelector("iframe") === null).toBe(place === "d/0"));
  }
});

test("an engine without a viewer is said to have none, and the file can be saved", async () => {
  Object.assign(navigator, { pdfViewerEnabled: false });
  show(output(pdf(1000)));
  await seen("There is nothing here that shows PDF");
  expect(root.textContent).toContain("Save as…");
  expect(root.textContent).toContain("<Report>");
  expect(root.querySelector("iframe")).toBeNull();
});

test("what is no PDF never reaches the viewer", async () => {
  show(output(btoa("<script>alert(1)</script>")));
  await seen("says that it is a PDF, and is none");
  expect(root.querySelector("iframe")).toBeNull();
  show(output("§"));
  await seen("its data are damaged");
  expect(root.textContent).toContain("<Report>");
});
