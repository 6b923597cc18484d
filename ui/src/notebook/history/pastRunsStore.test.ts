import { afterEach, expect, test, vi } from "vitest";
import { parseContent, parseRuns, PastRunsStore } from "./pastRunsStore";

const RAW = {
  id: "r1",
  cell: "a",
  started: "2026-11-26T10:00:00Z",
  seconds: 1.5,
  status: "error",
  execution_count: 3,
  memory: null,
  size: 12,
  whole: false,
};
const RUN = {
  id: "r1",
  at: new Date("2026-11-26T10:00:00Z"),
  seconds: 1.5,
  status: "error",
  count: 3,
  memory: null,
  size: 12,
  whole: false,
};
const STREAM = { output_type: "stream", name: "stdout", text: "1" };

afterEach(() => vi.unstubAllGlobals());

/** What the server answers by the end of the address; the addresses that were asked. */
function serve(answers: Readonly<Record<string, unknown>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (url: URL) => {
    asked.push(url.pathname);
    const found = Object.entries(answers).find(([end]) => url.pathname.endsWith(end));
    const status = found === undefined ? 404 : 200;
    return Promise.resolve(new Response(JSON.stringify(found?.[1] ?? { message: "It has gone." }), { status }));
  });
  return asked;
}

test("runs come with time, duration, memory and how they ended", () => {
  expect(parseRuns([RAW])).toEqual([RUN]);
  expect(parseRuns([{ ...RAW, status: "something new" }])[0]?.status).toBe("unknown");
});

test("a run comes with its source and outputs", () => {
  expect(parseContent({ ...RAW, source: "1", outputs: [STREAM, {}] })).toEqual({
    source: "1",
    outputs: [STREAM, { output_type: "unknown", raw: {} }],
  });
});

test("an answer that is no list of runs is refused", () => {
  expect(() => parseRuns([{ id: 1 }])).toThrow();
});

test("the newest run is shown at once", async () => {
  const asked = serve({ "/cells/a": [RAW], "/runs/r1": { ...RAW, source: "1", outputs: [] } });
  const store = new PastRunsStore();
  await store.open("a folder/n.ipynb", "a");

  expect(store.runs.value).toEqual({ at: "ready", cell: "a", list: [RUN] });
  expect(store.chosen.value).toEqual({ at: "ready", run: RUN, content: { source: "1", outputs: [] } });
  expect(asked[0]).toContain("api/adrastea/runs/a%20folder/n.ipynb/cells/a");
});

test("a run that is not there any more says so, and the list stays", async () => {
  serve({ "/cells/a": [RAW] });
  const store = new PastRunsStore();
  await store.open("n.ipynb", "a");

  expect(store.runs.value.at).toBe("ready");
  expect(store.chosen.value).toEqual({ at: "failed", run: RUN, message: "It has gone." });
});

test("an answer that comes when the dialog is closed opens nothing", async () => {
  serve({ "/cells/a": [RAW] });
  const store = new PastRunsStore();
  const opening = store.open("n.ipynb", "a");
  store.close();
  await opening;

  expect([store.runs.value.at, store.chosen.value.at]).toEqual(["closed", "none"]);
});
