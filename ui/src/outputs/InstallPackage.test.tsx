// @vitest-environment jsdom
// happy-dom tries to load the frame.
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";
import { button, bundle, hostThatSays, root, setStage, showIn } from "./Stage";

setStage();

const MISSING = { message: "plotly is not installed in the environment of the kernel “P”.", kind: "PackageMissing" };
const FIGURE = bundle({ "application/vnd.plotly.v1+json": { data: [] }, "text/plain": "<Figure>" });

let isThere: boolean;
let printed: ReadableStreamDefaultController<Uint8Array>;
let asked: { readonly body: unknown; readonly signal: AbortSignal } | null;

const say = (value: unknown): void => printed.enqueue(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
const seen = (wanted: string | RegExp): Promise<void> => vi.waitFor(() => expect(root.textContent).toMatch(wanted));
const press = (label: RegExp): Promise<void> => act(() => button(label).click());

beforeEach(() => {
  isThere = false;
  asked = null;
  vi.stubGlobal("fetch", (url: URL, { method, body, signal }: RequestInit) => {
    if (method === "POST") {
      asked = { body: JSON.parse(body as string), signal: signal! };
      return Promise.resolve(
        new Response(new ReadableStream<Uint8Array>({ start: (stream) => void (printed = stream) })),
      );
    }
    if (!url.pathname.includes("/packages/") || isThere) return Promise.resolve(new Response("1"));
    return Promise.resolve(new Response(JSON.stringify(MISSING), { status: 404 }));
  });
});

test("what a plot lacks is installed on a press, and all plots are drawn then", async () => {
  const host = hostThatSays([]);
  showIn(host, FIGURE);
  await seen("plotly is not installed");
  await vi.waitFor(() => button(/^Install plotly$/));
  await press(/^Install plotly$/);
  await seen("Installing plotly…");
  expect(asked?.body).toEqual({ package: "plotly" });
  await act(() => say({ line: "Collecting plotly" }));
  await seen("Collecting plotly");
  showIn(host, FIGURE, "b/0"); // another one, or the same brought back
  await seen("Collecting plotly");
  isThere = true;
  await act(() => {
    say({ package: "plotly" });
    printed.close();
  });
  await vi.waitFor(() => expect(root.querySelector("iframe")).not.toBeNull());
  expect(root.textContent).not.toContain("Install");
});

test("it can be given up, and begun again", async () => {
  showIn(hostThatSays([]), FIGURE);
  await vi.waitFor(() => button(/^Install plotly$/));
  await press(/^Install plotly$/);
  await press(/^Cancel$/);
  expect(asked?.signal.aborted).toBe(true);
  expect(button(/^Install plotly$/)).toBeDefined();
});

test("what pip could not do is said, with what to do", async () => {
  showIn(hostThatSays([]), FIGURE);
  await vi.waitFor(() => button(/^Install plotly$/));
  await press(/^Install plotly$/);
  await act(() => {
    say({ error: "plotly could not be fetched. When there is a network: pip install plotly" });
    printed.close();
  });
  await seen("plotly was not installed: plotly could not be fetched. When there is a network: pip install plotly");
  expect(button(/^Try again$/)).toBeDefined();
});
