// @vitest-environment jsdom
// happy-dom tries to load the frame.
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FrameContent, type ToFrame } from "./frame/protocol";
import { SandboxFrame, type SandboxFrameProps } from "./SandboxFrame";

let root: HTMLElement;
let ends: MessagePort[];

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => new EventTarget());
  root = document.createElement("div");
  document.body.append(root);
  ends = [];
});

afterEach(() => {
  void act(() => render(null, root));
  for (const end of ends) end.close();
});

const html = (text: string): FrameContent => ({ kind: "html", html: text });

function show(content: FrameContent, props: Partial<SandboxFrameProps> = {}): void {
  void act(() => render(<SandboxFrame content={content} {...props} />, root));
}

/** What the frame's window was handed, and everything that is said to it. */
function frameEnd(): { readonly port: MessagePort; readonly heard: ToFrame[] } {
  const frame = root.querySelector("iframe")!;
  const handed = vi.spyOn(frame.contentWindow!, "postMessage");
  frame.dispatchEvent(new Event("load"));
  const [port] = handed.mock.calls[0]?.[2 as never] as unknown as MessagePort[];
  const heard: ToFrame[] = [];
  port!.onmessage = ({ data }: MessageEvent<ToFrame>) => void heard.push(data);
  ends.push(port!);
  return { port: port!, heard };
}

test("the frame may run scripts, and is of another origin", () => {
  show(html("<b>x</b>"));
  const sandbox = root.querySelector("iframe")?.getAttribute("sandbox");
  expect(sandbox).toContain("allow-scripts");
  expect(sandbox).not.toMatch(/same-origin|top-navigation|popups|modals/);
});

test("it is told how the page looks and what to show, when it has loaded", async () => {
  show(html("<b>x</b>"));
  const { heard } = frameEnd();
  await vi.waitFor(() => expect(heard.map(({ type }) => type)).toEqual(["appearance", "show"]));
  expect(heard[1]).toEqual({ type: "show", content: html("<b>x</b>"), libraries: [] });
});

test("the port is handed over once: what the frame loads later by itself gets none", () => {
  show(html("x"));
  frameEnd();
  const frame = root.querySelector("iframe")!;
  const again = vi.spyOn(frame.contentWindow!, "postMessage");
  again.mockClear();
  frame.dispatchEvent(new Event("load"));
  expect(again).not.toHaveBeenCalled();
});

test("it is as tall as it says, up to a limit", async () => {
  show(html("x"));
  const { port } = frameEnd();
  const height = () => root.querySelector("iframe")?.style.blockSize;
  port.postMessage({ type: "size", height: 321.2 });
  await vi.waitFor(() => expect(height()).toBe("322px"));
  port.postMessage({ type: "size", height: 1e9 });
  await vi.waitFor(() => expect(height()).toBe("4000px"));
});

test("what it cannot draw is said instead, and what it cannot load beside it", async () => {
  show(html("x"), { otherwise: <p>Figure()</p> });
  const { port } = frameEnd();
  port.postMessage({ type: "unreachable", hosts: ["cdn.example"] });
  await vi.waitFor(() => expect(root.textContent).toContain("from the network: cdn.example"));
  port.postMessage({ type: "failed", reason: "Error: no" });
  await vi.waitFor(() => expect(root.textContent).toBe("This output could not be shown: noFigure()"));
});

test("what it is made from is shown and copied when it could not be drawn; another value is tried anew", async () => {
  const call = (value: string): FrameContent => ({ kind: "call", name: "draw", value });
  const more = { otherwise: <p>Figure()</p>, source: () => "{ spec }" };
  show(call("wrong"), more);
  frameEnd().port.postMessage({ type: "failed", reason: `Error:\n${"no ".repeat(200)}` });
  await vi.waitFor(() => expect(root.textContent).toContain("shown: no no"));
  expect(root.querySelector("p")?.textContent.length).toBeLessThan(300);
  expect(root.textContent).toContain("Copy details");
  const asText = [...root.querySelectorAll("button")].find((one) => one.textContent === "Show as text");
  void act(() => asText?.click());
  expect(root.querySelector("pre")?.textContent).toBe("{ spec }\n");
  show(call("right"), more);
  expect(root.querySelector("iframe")).not.toBeNull();
});

test("a library that cannot be had is said, and nothing is shown", async () => {
  const refused = () => Promise.reject(new Error("plotly is not installed."));
  show({ kind: "call", name: "draw", value: 1 }, { libraries: refused });
  await vi.waitFor(() => expect(root.textContent).toContain("plotly is not installed."));
});

test("another value of a call goes into the same frame, other HTML into a new one", async () => {
  const call = (value: number): FrameContent => ({ kind: "call", name: "draw", value });
  show(call(1));
  const first = root.querySelector("iframe");
  const { heard } = frameEnd();
  await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ type: "show" }));
  show(call(2));
  expect(root.querySelector("iframe")).toBe(first);
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ type: "update", value: 2 }));
  show(html("a"));
  show(html("b"));
  const other = root.querySelector("iframe");
  expect(other).not.toBe(first);
  show(html("b"));
  expect(root.querySelector("iframe")).toBe(other);
});

test("leaving it puts the keyboard back into the cell", async () => {
  root.setAttribute("role", "listitem");
  root.tabIndex = -1;
  show(html("x"));
  frameEnd().port.postMessage({ type: "leave" });
  await vi.waitFor(() => expect(document.activeElement).toBe(root));
});
