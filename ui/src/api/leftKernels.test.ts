import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { endLeftKernel, leftKernels, parseLeft, takeOverKernel } from "./leftKernels";

let asked: string[];
let answer: unknown;

beforeEach(() => {
  asked = [];
  answer = undefined;
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    asked.push(`${init.method ?? ""} ${url.pathname}`);
    return Promise.resolve(new Response(answer === undefined ? null : JSON.stringify(answer)));
  });
});

afterEach(() => vi.unstubAllGlobals());

test("kernels that were left are listed, taken over and ended by their names", async () => {
  answer = [{ name: "x", reach: "later" }];
  expect(await leftKernels()).toEqual([
    { name: "x", displayName: "", notebooks: [], memory: 0, folder: "", since: null, runs: false, reach: "later" },
  ]);
  answer = undefined;
  await takeOverKernel("x");
  await endLeftKernel("x");
  expect(asked.map((one) => one.replace(/ .*\/api/, " api"))).toEqual([
    "GET api/adrastea/kernels",
    "POST api/adrastea/kernels/x",
    "DELETE api/adrastea/kernels/x",
  ]);
});

test("what a kernel holds is read", () => {
  const notebooks = [{ name: "a.ipynb", path: null, runs: true }];
  const raw = { name: "x", reach: "reachable", display_name: "Python 3", memory: 5, notebooks, folder: "data" };
  expect(parseLeft({ ...raw, started: "2026-11-26T10:00:00Z" })).toEqual({
    name: "x",
    displayName: "Python 3",
    notebooks: ["a.ipynb"],
    memory: 5,
    folder: "data",
    since: new Date("2026-11-26T10:00:00Z"),
    runs: true,
    reach: "reachable",
  });
});
