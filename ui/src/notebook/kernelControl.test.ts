import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DocumentConnection } from "./documentConnection";
import { FakeServer } from "./fakeServer";
import { KernelControl } from "./kernelControl";
import { newCell } from "./model";
import { NotebookStore } from "./notebookStore";

const NONE = { session: "s", id: null, name: null, display_name: null, language: null, message: "", log: "" };
const KERNEL = { ...NONE, id: "k", name: "python3" };
const SESSION = { id: "s", path: "a.ipynb", kernel: { id: "k", name: "python3", execution_state: "starting" } };

let server: FakeServer;
let store: NotebookStore;
let connection: DocumentConnection;
let kernel: KernelControl;
let requests: string[];
let answer: () => Response;

async function open(state: object): Promise<void> {
  server.kernel = { ...server.kernel, ...state };
  connection = new DocumentConnection(store, {
    changed: () => undefined,
    overwritten: () => undefined,
    opened: () => undefined,
  });
  kernel = new KernelControl(store, connection);
  await vi.waitFor(() => expect(store.load.value.at).toBe("ready"));
}
const runs = (): unknown[] => server.asked.filter(({ type }) => type === "run").map(({ cells }) => cells);

beforeEach(() => {
  server = new FakeServer([newCell("a", "code", "1"), newCell("b", "code", "2")]);
  vi.stubGlobal("WebSocket", server.socketClass());
  requests = [];
  answer = () => new Response(JSON.stringify(SESSION));
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    requests.push(`${init.method ?? ""} ${url.pathname} ${typeof init.body === "string" ? init.body : ""}`.trim());
    return Promise.resolve(answer());
  });
  store = new NotebookStore("a.ipynb");
});

afterEach(() => {
  kernel.close();
  connection.close();
  vi.unstubAllGlobals();
});

describe("running", () => {
  test("goes to the kernel that there is", async () => {
    await open(KERNEL);
    kernel.run(["a", "b"]);
    expect([runs(), requests]).toEqual([[["a", "b"]], []]);
  });

  test("without a kernel starts one first, and the cells wait for it", async () => {
    await open({ ...NONE, state: "none" });
    kernel.run(["a"]);
    kernel.run(["b", "a"]);
    expect([store.waiting.value, runs()]).toEqual([["a", "b"], []]);
    server.say({ type: "kernel", ...NONE, state: "starting" });
    server.say({ type: "kernel", ...KERNEL, state: "starting" });
    await vi.waitFor(() => expect(runs()).toEqual([["a", "b"]]));
    expect([store.waiting.value, requests.length]).toEqual([[], 1]);
  });

  test("on a dead kernel is refused with a sentence", async () => {
    await open({ ...KERNEL, state: "dead", message: "It was killed." });
    kernel.run(["a"]);
    expect([runs(), store.announced.value.text]).toEqual([[], "The kernel has stopped. Restart it to run cells."]);
    expect(store.notice.value).toBeNull(); // the banner says it
  });

  test("without a connection is refused with a sentence", async () => {
    await open(KERNEL);
    server.drop();
    kernel.run(["a"]);
    expect(store.announced.value.text).toMatch(/^Not connected/);
    expect(store.notice.value).toBeNull();
  });

  test("of nothing does nothing", async () => {
    await open({ ...NONE, state: "none" });
    kernel.run([]);
    expect([requests, store.waiting.value]).toEqual([[], []]);
  });
});

describe("a kernel that cannot be started", () => {
  test("leaves no cell waiting", async () => {
    await open({ ...NONE, state: "none" });
    kernel.run(["a"]);
    server.say({ type: "kernel", ...NONE, state: "none", message: "There is no such kernel." });
    await vi.waitFor(() => expect(store.waiting.value).toEqual([]));
  });

  test("is told by the request, where the server tells nothing else", async () => {
    await open({ ...NONE, state: "none" });
    answer = () => new Response(JSON.stringify({ message: "There is no kernel named x." }), { status: 404 });
    await kernel.start("x");
    expect(store.notice.value?.message).toBe("There is no kernel named x.");
  });
});

test("two starts at the same time are one", async () => {
  await open({ ...NONE, state: "none" });
  await Promise.all([kernel.start(), kernel.start()]);
  expect(requests).toHaveLength(1);
});

test("the kernel is named by its id, its session by the session's", async () => {
  await open(KERNEL);
  await kernel.interrupt();
  await kernel.restart();
  await kernel.change("julia");
  await kernel.shutdown();
  expect(requests).toEqual([
    "POST /api/kernels/k/interrupt",
    "POST /api/kernels/k/restart",
    'PATCH /api/sessions/s {"kernel":{"name":"julia"}}',
    "DELETE /api/sessions/s",
  ]);
});

test("where there is no kernel, a restart and a change start one, and the rest does nothing", async () => {
  await open({ ...NONE, state: "none" });
  await kernel.interrupt();
  await kernel.shutdown();
  await kernel.restart();
  await kernel.change("julia");
  expect(requests).toEqual([
    'POST /api/sessions {"path":"a.ipynb","name":"a.ipynb","type":"notebook","kernel":{}}',
    'POST /api/sessions {"path":"a.ipynb","name":"a.ipynb","type":"notebook","kernel":{"name":"julia"}}',
  ]);
});

test("a kernel that is not there completes nothing", async () => {
  await open({ ...KERNEL, state: "dead" });
  expect(await kernel.complete("a", 1)).toBeNull();
});
