import { beforeEach, expect, test } from "vitest";
import { kernelState, type LeftKernel, type RunningApi, type RunningKernel, RunningStore } from "./runningStore";

function kernel(number: number): RunningKernel {
  return {
    sessionId: `s${number}`,
    kernelId: `k${number}`,
    path: `${number}.ipynb`,
    displayName: "Python 3",
    state: "idle",
  };
}

class FakeServer implements RunningApi {
  kernels = [kernel(1), kernel(2)];
  calls: string[] = [];
  failure: Error | null = null;

  list(): Promise<readonly RunningKernel[]> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve([...this.kernels]);
  }
  interrupt = (id: string) => this.#do(`interrupt ${id}`);
  restart = (id: string) => this.#do(`restart ${id}`);
  shutDown = (id: string) => {
    this.kernels = this.kernels.filter((one) => one.sessionId !== id);
    return this.#do(`shut down ${id}`);
  };
  leftOver: LeftKernel[] = [];
  left = () => Promise.resolve([...this.leftOver]);
  takeOver = (name: string) => this.#do(`take over ${name}`);
  end = (name: string) => {
    this.leftOver = [];
    return this.#do(`end ${name}`);
  };
  #do(call: string): Promise<void> {
    this.calls.push(call);
    return this.failure ? Promise.reject(this.failure) : Promise.resolve();
  }
}

let server: FakeServer;
let store: RunningStore;

beforeEach(async () => {
  server = new FakeServer();
  store = new RunningStore(server);
  await store.refresh();
});

function ids() {
  const list = store.list.value;
  return list.at === "ready" ? list.kernels.map((one) => one.sessionId) : list.at;
}

test("a kernel that was shut down is gone from the list", async () => {
  await store.act("shutDown", kernel(1));
  expect(server.calls).toEqual(["shut down s1"]);
  expect(ids()).toEqual(["s2"]);
});

test("interrupt and restart go to the kernel, not to its session", async () => {
  await store.act("interrupt", kernel(2));
  await store.act("restart", kernel(2));
  expect(server.calls).toEqual(["interrupt k2", "restart k2"]);
});

test("a second press while the first is under way does nothing", async () => {
  const first = store.act("restart", kernel(1));
  expect(store.pending.value.has("s1")).toBe(true);
  await store.act("restart", kernel(1));
  await first;
  expect(server.calls).toEqual(["restart k1"]);
  expect(store.pending.value.size).toBe(0);
});

test("an action that fails says why", async () => {
  server.failure = new Error("The kernel is gone.");
  await store.act("interrupt", kernel(1));
  expect(store.problem.value).toBe("The kernel is gone.");
  expect(store.list.value).toEqual({ at: "failed", message: "The kernel is gone." });
});

test("a state that we do not know is shown as unknown", () => {
  expect(kernelState("busy")).toBe("busy");
  expect(kernelState("autorestarting")).toBe("unknown");
});

test("a kernel that nobody has is listed, and gone when it was ended", async () => {
  const left = {
    name: "x",
    displayName: "Python 3",
    notebooks: ["a.ipynb"],
    memory: 1,
    folder: "",
    since: null,
    runs: false,
    reach: "reachable" as const,
  };
  server.leftOver = [left];
  await store.refresh();
  expect(store.left.value).toEqual([left]);
  await store.actOnLeft("end", left);
  expect(server.calls).toEqual(["end x"]);
  expect(store.left.value).toEqual([]);
});

test("a kernel that cannot be taken over any more is said in a sentence", async () => {
  const left = {
    name: "x",
    displayName: "Python 3",
    notebooks: [],
    memory: 0,
    folder: "",
    since: null,
    runs: false,
    reach: "reachable" as const,
  };
  server.failure = new Error("another program was quicker");
  await store.actOnLeft("takeOver", left);
  expect(store.problem.value).toBe("another program was quicker");
});
