/** What is done in a page and measured meanwhile; the notebooks that it is done in are made by `bench/ui.py`. */
import type { Figures } from "./main";
import type { Visit } from "./visit";

/** Text of the first cell of every notebook. */
const FIRST = "value_1 = 1";
const TYPED = "#typed";
const KEYS = 40;
const PAUSE = 80; // milliseconds between keys
const STEP = 120; // pixels a frame: a fast wheel
const SCROLLING = 4000; // milliseconds
/** What the last cell prints when everything was run. It is in no source. */
const END = "the end of it";
const SCROLL_PAUSE = 2000; // milliseconds between two scrolls to the end: each makes the page lay out all its nodes
const LOOK_PAUSE = 300; // the same while one cell shows much
const LAST_LINE = "line 199999"; // of the flood

type Scenario = (visit: Visit, idleSeconds: number) => Promise<Figures>;

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  small: async (visit, idleSeconds) => {
    const figures = await opened(visit);
    const { requests, rawKib, sentKib } = visit.traffic();
    await visit.kernelIdle();
    return {
      ...figures,
      requests,
      js_raw_kib: rawKib,
      js_sent_kib: sentKib,
      idle_cpu_ms_per_s: (await visit.idleCpu(idleSeconds)) / idleSeconds,
    };
  },

  thousand: async (visit) => {
    const figures = await opened(visit);
    const keys = [...(await visit.keys(KEYS, PAUSE))].sort((one, other) => one - other);
    await visit.page.keyboard.press("Escape");
    await visit.scrollTo("start");
    const { framesPerSecond, blankShare } = await visit.scroll(STEP, SCROLLING);
    return {
      ...figures,
      key_ms: keys[keys.length >> 1] ?? 0,
      key_p95_ms: keys[Math.floor(keys.length * 0.95)] ?? 0,
      scroll_frames_s: framesPerSecond,
      scroll_blank_percent: blankShare * 100,
    };
  },

  large: (visit) => opened(visit),

  run_all: (visit) => ran(visit, SCROLL_PAUSE),

  flood: async (visit) => {
    await visit.open(FIRST);
    await visit.kernelIdle();
    await visit.quietAt();
    await visit.press(FIRST);
    await visit.resetGap();
    const begun = await visit.now();
    await visit.page.keyboard.press("Control+Enter");
    await visit.ended(LAST_LINE);
    await visit.kernelIdle();
    const end = await visit.now();
    return { flood_s: (end - begun) / 1000, flood_block_ms: await visit.longestGap() };
  },

  outputs: async (visit) => {
    const figures = await opened(visit);
    return { ...figures, longest_task_ms: await visit.longestTask(), page_cpu_s: await visit.cpuSeconds() };
  },

  displays: async (visit) => {
    const figures = await ran(visit, LOOK_PAUSE);
    const [longest, cpu] = [await visit.longestTask(), await visit.cpuSeconds()];
    const { heapMib, nodes } = await visit.memory();
    return { ...figures, longest_task_ms: longest, page_cpu_s: cpu, heap_mib: heapMib, nodes };
  },
};

async function opened(visit: Visit): Promise<Figures> {
  const shown = await visit.open(FIRST);
  const first = await visit.firstKey(FIRST, TYPED);
  const quiet = await visit.quietAt();
  const { heapMib, nodes } = await visit.memory();
  return { shown_s: shown / 1000, first_key_s: first / 1000, quiet_s: quiet / 1000, heap_mib: heapMib, nodes };
}

/** Everything is run, and looked at from the end. */
async function ran(visit: Visit, pause: number): Promise<Figures> {
  await visit.open(FIRST);
  await visit.kernelIdle();
  await visit.quietAt();
  await visit.press(FIRST);
  await visit.page.keyboard.press("Escape");
  await visit.resetGap();
  const begun = await visit.now();
  await visit.app.runAll(visit.page);
  const last = visit.ended(END);
  const timer = setInterval(() => void visit.scrollTo("end").catch(() => undefined), pause);
  try {
    return { run_all_s: ((await last) - begun) / 1000, run_all_gap_ms: await visit.longestGap() };
  } finally {
    clearInterval(timer);
  }
}
