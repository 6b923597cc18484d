/**
 * The stage of the tests of outputs: one output in a page, and a notebook around it that notes what it is asked. What a
 * test shows leaves the page behind it.
 */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, vi } from "vitest";
import { type Output } from "../wire/outputs";
import { FrameLibraries } from "./frame/libraries";
import { OutputView } from "./OutputView";
import { Host, type OutputHost, OutputMemory } from "./place";

const CELL = "cell 12";

/** Where the output of the test that runs stands. */
export let root: HTMLElement;

/** Every file of tests calls it once, before its tests. */
export function setStage(): void {
  beforeEach(() => {
    vi.stubGlobal("matchMedia", () => new EventTarget());
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe() {}
        disconnect() {}
      },
    );
    vi.stubGlobal(
      "CSSStyleSheet",
      class {
        replaceSync() {}
      },
    );
    root = document.createElement("div");
    document.body.append(root);
  });

  afterEach(() => {
    void act(() => render(null, root));
    root.remove();
    vi.unstubAllGlobals();
  });
}

export function show(output: Output, trusted = false): void {
  void act(() => render(<OutputView output={output} cellLabel={CELL} trusted={trusted} />, root));
}

export function bundle(data: Extract<Output, { data: unknown }>["data"], metadata = {}): Output {
  return { output_type: "display_data", data, metadata };
}

export function button(label: RegExp): HTMLButtonElement {
  const found = [...root.querySelectorAll("button")].find((each) => label.test(each.textContent));
  if (found === undefined) throw new Error(`no button ${String(label)}`);
  return found;
}

/** A notebook around the output that notes what it is asked. */
export function hostThatSays(asked: string[]): OutputHost {
  const note = (what: string) => (place: unknown, more?: unknown) =>
    void asked.push(what, JSON.stringify(place), String(more));
  return {
    memory: new OutputMemory(),
    libraries: new FrameLibraries(() => "python3"),
    refusal: () => "",
    trust: () => void asked.push("trust"),
    copyImage: () => Promise.resolve(true),
    openPlace: note("place"),
    openFile: note("file"),
    openOutput: note("output"),
    describe: note("describe"),
    hasOtherError: () => true,
    nextError: note("next"),
    canInstall: () => true,
    install: note("install"),
  };
}

export function showIn(host: OutputHost, output: Output, place = "a/0"): void {
  void act(() =>
    render(
      <Host.Provider value={host}>
        <OutputView key={place} output={output} cellLabel={CELL} trusted={false} place={place} />
      </Host.Provider>,
      root,
    ),
  );
}
