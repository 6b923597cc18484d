import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { Layout, type LayoutProps } from "./Layout";

async function show(more: Partial<LayoutProps> = {}): Promise<HTMLElement> {
  const root = document.createElement("div");
  const props: LayoutProps = {
    tabs: "tabs",
    rail: [
      { id: "files", label: "Files", icon: "files", pressed: true, badge: 0, badgeLabel: "", press: () => undefined },
    ],
    railEnd: [],
    railLabels: false,
    side: "side",
    sideWidth: 260,
    setSideWidth: () => undefined,
    narrow: false,
    panels: true,
    hidePanels: () => undefined,
    heading: "a.ipynb",
    document: "document",
    status: "status",
    ...more,
  };
  await act(() => render(<Layout {...props} />, root));
  return root;
}

test("the splitter tells its place and moves by keys", async () => {
  const widths: number[] = [];
  const root = await show({ setSideWidth: (pixels) => void widths.push(pixels) });
  const splitter = root.querySelector("[role=separator]")!;
  expect(splitter.getAttribute("aria-valuenow")).toBe("260");
  for (const key of ["ArrowRight", "ArrowLeft", "Home", "End"]) {
    splitter.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }
  splitter.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  expect(widths).toEqual([276, 244, 180, 480, 260]);
});

test("a hidden panel leaves the rail", async () => {
  const root = await show({ panels: false });
  expect(root.querySelector("aside")).toBeNull();
  expect(root.querySelector("nav")).not.toBeNull();
});

test("in a narrow window rail and panel come and go together", async () => {
  expect((await show({ narrow: true, panels: false })).querySelector("nav, aside")).toBeNull();
  expect((await show({ narrow: true })).querySelectorAll("nav, aside")).toHaveLength(2);
});

test("Escape hides the panels that lie over the document", async () => {
  let hidden = false;
  const root = await show({ narrow: true, hidePanels: () => (hidden = true) });
  root.querySelector("aside")!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(hidden).toBe(true);
});

test("a badge is a number that readers hear with its words", async () => {
  const item = { id: "running", label: "Running", icon: "running", pressed: false, press: () => undefined };
  const root = await show({ rail: [{ ...item, badge: 2, badgeLabel: "2 kernels" }] });
  expect(root.querySelector("nav button")?.getAttribute("aria-label")).toBe("Running, 2 kernels");
});
