import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { caretBlink } from "./caretBlink";

const HALF = 600;
let view: EditorView;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const parent = document.createElement("div");
  document.body.append(parent);
  view = new EditorView({ doc: "x = 1", extensions: [caretBlink], parent });
});

afterEach(() => {
  view.destroy();
  document.body.replaceChildren();
  vi.useRealTimers();
});

const isOff = () => view.scrollDOM.classList.contains("caret-off");

function focus(): void {
  vi.spyOn(view, "hasFocus", "get").mockReturnValue(true);
  view.dispatch({ selection: { anchor: 1 } });
}

test("the caret comes and goes, and stays at last: then nothing runs", () => {
  focus();
  const seen = [isOff()];
  for (let turn = 0; turn < 3; turn += 1) {
    vi.advanceTimersByTime(HALF);
    seen.push(isOff());
  }
  expect(seen).toEqual([false, true, false, true]);
  vi.advanceTimersByTime(20_000);
  expect([isOff(), vi.getTimerCount()]).toEqual([false, 0]);
});

test("a key shows it at once, and it blinks from then on", () => {
  focus();
  vi.advanceTimersByTime(20_000 + HALF);
  view.dispatch({ changes: { from: 0, insert: "y" } });
  expect(isOff()).toBe(false);
  vi.advanceTimersByTime(HALF);
  expect(isOff()).toBe(true);
  view.dispatch({ selection: { anchor: 2 } });
  expect(isOff()).toBe(false);
});

test("without the focus it does not", () => {
  vi.advanceTimersByTime(HALF);
  expect([isOff(), vi.getTimerCount()]).toEqual([false, 0]);
});
