import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as sessions from "./sessions";

let asked: { readonly method: string; readonly path: string; readonly body: unknown }[];
let answer: unknown;
const SESSION = {
  id: "s/1",
  path: "a/n.ipynb",
  type: "notebook",
  kernel: { id: "k", name: "python3", execution_state: "idle" },
};

beforeEach(() => {
  asked = [];
  answer = SESSION;
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    asked.push({ method: init.method ?? "", path: url.pathname, body });
    return Promise.resolve(new Response(answer === undefined ? null : JSON.stringify(answer)));
  });
});

afterEach(() => vi.unstubAllGlobals());

test("a session is started for a notebook, with a kernel of one's choice or the notebook's own", async () => {
  expect(await sessions.startSession("a/n.ipynb", "julia")).toEqual({
    id: "s/1",
    path: "a/n.ipynb",
    kernelId: "k",
    kernelName: "python3",
    state: "idle",
  });
  await sessions.startSession("n.ipynb");
  expect(asked.map(({ body }) => body)).toEqual([
    { path: "a/n.ipynb", name: "n.ipynb", type: "notebook", kernel: { name: "julia" } },
    { path: "n.ipynb", name: "n.ipynb", type: "notebook", kernel: {} },
  ]);
});

test("sessions and kernels are named by their ids, whatever is in those", async () => {
  await sessions.changeKernel("s/1", "r");
  answer = undefined;
  await sessions.shutdownSession("s/1");
  await sessions.interruptKernel("k");
  await sessions.restartKernel("k");
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "PATCH /api/sessions/s%2F1",
    "DELETE /api/sessions/s%2F1",
    "POST /api/kernels/k/interrupt",
    "POST /api/kernels/k/restart",
  ]);
});

test("what runs is listed", async () => {
  answer = [SESSION];
  expect((await sessions.runningSessions()).map(({ kernelId }) => kernelId)).toEqual(["k"]);
});
