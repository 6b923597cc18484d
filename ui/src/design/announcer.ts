/**
 * What a screen reader is told without having asked: one voice for the whole page, at most once a second. It has two
 * live regions (`Voice.tsx`), and nothing else in the page has one.
 *
 * Of what comes within a second the last is said, for who runs a hundred cells wants to know where they are, not to hear
 * a hundred sentences; what is urgent (an error, something lost) interrupts, and is never dropped.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

export interface Announcement {
  readonly text: string;
  readonly isUrgent: boolean;
}

/** The clock, so that a test can hold it. */
export interface AnnouncerTime {
  /** Milliseconds. */
  now(): number;
  after(milliseconds: number, call: () => void): void;
}

const QUIET = 1_000; // milliseconds from one announcement to the next
const SAME = "\u00a0"; // makes a sentence another one when it is said twice: a reader hears of changes only

export class Announcer {
  readonly #time: AnnouncerTime;
  readonly #heard = signal("");
  readonly #alarm = signal("");
  #waiting: readonly Announcement[] = [];
  #last = -QUIET;
  #isSet = false;

  constructor(time: AnnouncerTime) {
    this.#time = time;
  }

  /** What the polite region holds. */
  get heard(): ReadonlySignal<string> {
    return this.#heard;
  }
  /** What the region holds that interrupts. */
  get alarm(): ReadonlySignal<string> {
    return this.#alarm;
  }

  readonly say = (announcement: Announcement): void => {
    if (announcement.text === "") return;
    const urgent = this.#waiting.filter((one) => one.isUrgent && one.text !== announcement.text);
    this.#waiting = [...urgent, announcement];
    if (this.#isSet) return;
    this.#isSet = true;
    this.#time.after(Math.max(0, this.#last + QUIET - this.#time.now()), () => this.#tell());
  };

  #tell(): void {
    this.#isSet = false;
    this.#last = this.#time.now();
    const [urgent, other] = [true, false].map((wanted) => this.#waiting.filter(({ isUrgent }) => isUrgent === wanted));
    this.#waiting = [];
    put(this.#alarm, urgent);
    put(this.#heard, other);
  }
}

function put(region: Signal<string>, said: readonly Announcement[] = []): void {
  const text = said.map((one) => one.text).join(" · ");
  if (text !== "") region.value = text === region.peek() ? text + SAME : text;
}
