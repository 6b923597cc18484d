/**
 * What watches inside the page, put there before anything else: frames, long tasks, and the first frame in which
 * something can be seen. Times are milliseconds since the page was asked for. It is sent to the page as text: nothing
 * from outside may be used in it.
 */
export interface Watch {
  /** The longest time between two frames since `reset`. */
  longestGap: number;
  /** The longest task since `reset`; 0 when none took more than 50 ms. */
  longestTask: number;
  /** The end of the last task of more than 50 ms. */
  busyUntil: number;
  reset(): void;
  /** Asks for frames no more: for whoever measures what nothing costs. */
  stop(): void;
  /** The middle of the editor in the first cell with this text, in pixels of the viewport; waits for it. */
  middle(cell: string, editor: string, text: string): Promise<{ readonly x: number; readonly y: number }>;
  /** The time of the frame in which a cell with this text was there; waits for it. */
  seen(cell: string, text: string): Promise<number>;
  /**
   * The time of the frame in which one of the last cells had this text. Looks a few times a second only: reading a page
   * of many nodes takes time that is not the page's.
   */
  ended(cell: string, text: string): Promise<number>;
  /** Scrolls down by `step` pixels a frame for some time; frames a second, and frames with an empty place in them. */
  scroll(scroller: string, cell: string, step: number, milliseconds: number): Promise<Scrolled>;
  /** From each key's event to the end of the frame that shows it, since the first call. */
  keys(): readonly number[];
}

export interface Scrolled {
  readonly framesPerSecond: number;
  readonly blankShare: number;
}

export function installWatch(): void {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          resolve(performance.now());
        };
        channel.port2.postMessage(null);
      });
    });
  const GAP = 24; // pixels between the places that are looked at
  const isBlank = (window: DOMRect, cell: string): boolean => {
    let missed = 0;
    for (let y = window.top + GAP; y < window.bottom - GAP; y += GAP) {
      const there = document.elementFromPoint(window.left + window.width / 2, y)?.closest(cell);
      missed = there == null || there.textContent.trim() === "" ? missed + 1 : 0;
      if (missed === 3) return true; // more than the space between two cells
    }
    return false;
  };
  const LAST = 3; // cells
  const PAUSE = 200; // milliseconds between two looks at the last cells
  let keys: number[] | null = null;
  let isWatching = true;
  const watch: Watch = {
    longestGap: 0,
    longestTask: 0,
    busyUntil: 0,
    reset() {
      watch.longestGap = watch.longestTask = 0;
    },
    stop() {
      isWatching = false;
    },
    async seen(cell, text) {
      for (;;) {
        const cells = document.querySelectorAll<HTMLElement>(cell);
        for (const one of cells) {
          if (!one.textContent.includes(text)) continue;
          if (one.getBoundingClientRect().height > 0) return painted();
        }
        await frame();
      }
    },
    async middle(cell, editor, text) {
      for (;;) {
        for (const one of document.querySelectorAll<HTMLElement>(cell)) {
          const place = one.textContent.includes(text) ? one.querySelector(editor)?.getBoundingClientRect() : undefined;
          if (place === undefined || place.height === 0) continue;
          return { x: place.left + place.width / 2, y: place.top + place.height / 2 };
        }
        await frame();
      }
    },
    async ended(cell, text) {
      for (;;) {
        const cells = [...document.querySelectorAll<HTMLElement>(cell)].slice(-LAST);
        if (cells.some((one) => one.textContent.includes(text))) return painted();
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    },
    async scroll(scroller, cell, step, milliseconds) {
      const element = document.querySelector(scroller);
      if (element === null) throw new Error("Nothing scrolls.");
      const window = element.getBoundingClientRect();
      const begun = performance.now();
      let [frames, blank] = [0, 0];
      while (performance.now() - begun < milliseconds) {
        element.scrollTop += step;
        await frame();
        frames += 1;
        if (isBlank(window, cell)) blank += 1; // as the frame before was painted
      }
      return { framesPerSecond: (frames * 1000) / (performance.now() - begun), blankShare: blank / frames };
    },
    keys() {
      if (keys === null) {
        const since: number[] = [];
        keys = since;
        addEventListener("keydown", ({ timeStamp }) => void painted().then((at) => since.push(at - timeStamp)), true);
      }
      return keys;
    },
  };
  let last = performance.now();
  const tick = (now: number): void => {
    watch.longestGap = Math.max(watch.longestGap, now - last);
    last = now;
    if (isWatching) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      watch.busyUntil = Math.max(watch.busyUntil, startTime + duration);
      watch.longestTask = Math.max(watch.longestTask, duration);
    }
  }).observe({ type: "longtask", buffered: true });
  (globalThis as unknown as { benchWatch: Watch }).benchWatch = watch;
}
