// @vitest-environment jsdom
// happy-dom tries to load the frame.
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SandboxFrame, scriptPage } from "./SandboxFrame";

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
});

afterEach(() => {
  void act(() => render(null, root));
  root.remove();
});

test("a script cannot close the element that it stands in", () => {
  const page = scriptPage('a = "</script><b>"; // <!-- ');
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).not.toContain("<!--");
});

function tell(data: unknown, source: unknown): void {
  void act(() => void window.dispatchEvent(new MessageEvent("message", { data, source: source as Window })));
}

test("the frame is as tall as its own window says, up to a limit; nobody else is heard", () => {
  void act(() => render(<SandboxFrame html="<b>x</b>" />, root));
  const frame = root.querySelector("iframe")!;
  const own = frame.contentWindow;
  tell({ type: "adrastea:height", height: 321.2 }, own);
  expect(frame.style.blockSize).toBe("322px");
  tell({ type: "adrastea:height", height: 50 }, window);
  tell({ type: "other", height: 50 }, own);
  tell({ type: "adrastea:height", height: "50" }, own);
  expect(frame.style.blockSize).toBe("322px");
  tell({ type: "adrastea:height", height: 1e9 }, own);
  expect(frame.style.blockSize).toBe("4000px");
});
