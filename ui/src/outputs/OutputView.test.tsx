// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Output } from "../wire/outputs";
import { OutputView } from "./OutputView";
import { FrameLibraries } from "./frame/libraries";
import { Host, type OutputHost, OutputMemory } from "./place";

let root: HTMLElement;

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

function show(output: Output, trusted = false): void {
  void act(() => render(<OutputView output={output} cellLabel="cell 12" trusted={trusted} />, root));
}

function bundle(data: Extract<Output, { data: unknown }>["data"], metadata = {}): Output {
  return { output_type: "display_data", data, metadata };
}

function button(label: RegExp): HTMLButtonElement {
  const found = [...root.querySelectorAll("button")].find((each) => label.test(each.textContent));
  if (found === undefined) throw new Error(`no button ${String(label)}`);
  return found;
}

/** A notebook around the output that notes what it is asked. */
function hostThatSays(asked: string[]): OutputHost {
  const note = (what: string) => (place: unknown, more?: unknown) =>
    void asked.push(what, JSON.stringify(place), String(more));
  return {
    memory: new OutputMemory(),
    libraries: new FrameLibraries(() => "python3"),
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

function showIn(host: OutputHost, output: Output): void {
  void act(() =>
    render(
      <Host.Provider value={host}>
        <OutputView output={output} cellLabel="cell 1" trusted={false} place="a/0" />
      </Host.Provider>,
      root,
    ),
  );
}

test("an output is a group that says whose it is", () => {
  show({ output_type: "stream", name: "stdout", text: "hi\n" });
  expect(root.querySelector('[role="group"]')?.getAttribute("aria-label")).toBe("Output of cell 12");
  expect(root.querySelector("pre")?.textContent).toBe("hi\n");
});

test("stderr is said to be stderr", () => {
  show({ output_type: "stream", name: "stderr", text: "careful" });
  expect(root.querySelector("pre")?.textContent).toBe("stderr: careful\n");
});

test("colours of a terminal are shown, its other codes are not", () => {
  show({ output_type: "stream", name: "stdout", text: "\u001b[31mred\u001b[0m\u001b[2K" });
  expect(root.querySelector("pre span")?.getAttribute("style")).toContain("var(--ansi-red)");
  expect(root.querySelector("pre")?.textContent).toBe("red\n");
});

test("text is never taken for HTML", () => {
  show({ output_type: "stream", name: "stdout", text: "<img src=x onerror=alert(1)>" });
  expect(root.querySelector("img")).toBeNull();
});

test("addresses in text are links that open outside", () => {
  show({ output_type: "stream", name: "stdout", text: "see https://a.example/b?c=1." });
  const link = root.querySelector("a");
  expect([link?.getAttribute("href"), link?.target, link?.rel]).toEqual([
    "https://a.example/b?c=1",
    "_blank",
    "noopener noreferrer",
  ]);
});

test("a long text has its lines counted and only those rendered that are seen", () => {
  show({ output_type: "stream", name: "stdout", text: "line\n".repeat(12_345) });
  expect(root.textContent).toContain("12,345 lines");
  expect(root.querySelector('[role="log"]')?.getAttribute("aria-live")).toBe("off");
  expect(root.querySelectorAll("pre > div").length).toBeLessThan(100);
});

test("a long text is looked through: places are counted and marked, Escape ends it", () => {
  show({
    output_type: "stream",
    name: "stdout",
    text: Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n"),
  });
  void act(() => button(/Find in output/).click());
  const field = root.querySelector<HTMLInputElement>("search input");
  const type = (value: string): void =>
    void act(() => {
      field!.value = value;
      void field!.dispatchEvent(new Event("input", { bubbles: true }));
    });
  const press = (init: KeyboardEventInit): void =>
    void act(() => void field?.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true })));
  type("LINE 1");
  expect(root.querySelector("search [role=status]")?.textContent).toBe("1 of 111");
  expect(root.querySelector("mark")?.textContent).toBe("line 1");
  press({ key: "Enter", shiftKey: true });
  expect(root.querySelector("search [role=status]")?.textContent).toBe("111 of 111");
  type("nowhere");
  expect(root.querySelector("search [role=status]")?.textContent).toBe("Nothing found");
  press({ key: "Escape" });
  expect(root.querySelector("search")).toBeNull();
});

test("an output that would stop the page is asked for first", () => {
  show(bundle({ "text/html": "<p>x</p>".repeat(1_500_000), "text/plain": "instead" }));
  expect(root.textContent).toContain("This output is large: 12 MB of HTML.");
  expect(root.textContent).toContain("instead");
});

test("an error of a million letters has a headline that can be read", () => {
  show({ output_type: "error", ename: "E", evalue: "x".repeat(1_000_000), traceback: [] });
  expect(root.querySelector("strong")?.textContent.length).toBeLessThan(1_100);
  expect(root.textContent.length).toBeLessThan(20_000);
});

test("an error shows what it is, folds the frames of libraries, and opens them", () => {
  const library = "File /x/site-packages/pandas/a.py:1, in f()";
  show({
    output_type: "error",
    ename: "KeyError",
    evalue: "'a'",
    traceback: ["Cell In[1], line 1", library, "KeyError: 'a'"],
  });
  expect(root.querySelector("strong")?.textContent).toBe("KeyError: 'a'");
  expect(root.textContent).not.toContain("pandas");
  void act(() => button(/1 library frame/).click());
  expect(root.textContent).toContain("pandas");
});

test("cells and files that a traceback names are gone to, and the next error is", () => {
  const asked: string[] = [];
  const cell =
    "\u001b[36mCell\u001b[39m\u001b[36m \u001b[39m\u001b[32mIn[5]\u001b[39m\u001b[32m, line 2\u001b[39m\n----> 2 f()";
  const file = "File ~/tools.py:3, in f()";
  showIn(hostThatSays(asked), { output_type: "error", ename: "E", evalue: "v", traceback: [cell, file] });
  expect(root.textContent).toContain("Cell In[5], line 2\n----> 2 f()");
  for (const label of [/^Cell In/, /tools/, /Next error/]) void act(() => button(label).click());
  expect(asked.filter((one) => one.startsWith("{"))).toEqual([
    JSON.stringify({ kind: "cell", count: 5, line: 2 }),
    JSON.stringify({ kind: "file", path: "~/tools.py", line: 3 }),
  ]);
  expect(asked).toContain("next");
});

test("a package that is missing is named, and installed when asked", () => {
  const asked: string[] = [];
  const error = {
    output_type: "error",
    ename: "ModuleNotFoundError",
    evalue: "No module named 'sklearn'",
    traceback: [],
  } as const;
  showIn(hostThatSays(asked), error);
  expect(root.textContent).toContain("sklearn is not installed in this environment.");
  expect(root.textContent).toContain("Copy install command");
  void act(() => button(/Install in kernel/).click());
  expect(asked).toEqual(["install", '"a/0"', "%pip install scikit-learn"]);
});

test("copying a traceback copies all of it, without colours", async () => {
  const written: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: (text: string) => Promise.resolve(void written.push(text)) } });
  show({ output_type: "error", ename: "E", evalue: "v", traceback: ["\u001b[31mone\u001b[0m", "two"] });
  button(/Copy traceback/).click();
  await vi.waitFor(() => expect(root.textContent).toContain("Copied"));
  expect(written).toEqual(["one\ntwo"]);
});

test("an image has its place reserved and says what it shows", () => {
  const header = `\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0002\u0080\0\0\u0001\u00e0`;
  show(bundle({ "image/png": btoa(header), "text/plain": "<Figure size 640x480 with 1 Axes>" }));
  const image = root.querySelector("img");
  expect([image?.getAttribute("width"), image?.getAttribute("height")]).toEqual(["640", "480"]);
  expect(image?.alt).toBe("Figure size 640x480 with 1 Axes");
});

test("an SVG is an image, so that nothing in it can run", () => {
  show(bundle({ "image/svg+xml": '<svg width="10" height="5"><script>alert(1)</script></svg>' }));
  expect(root.querySelector("svg script")).toBeNull();
  expect(root.querySelector("img")?.getAttribute("src")).toMatch(/^data:image\/svg\+xml/);
});

test("HTML is sanitised into a shadow root", async () => {
  show(bundle({ "text/html": '<table id="T"><tr><th scope="row">x</th></tr></table><img src=x onerror=alert(1)>' }));
  const shadow = await vi.waitFor(() => {
    const found = [...root.querySelectorAll("div")].find((each) => each.shadowRoot !== null)?.shadowRoot;
    if (!found?.querySelector("table")) throw new Error("not yet");
    return found;
  });
  expect(shadow.querySelector("th")?.getAttribute("scope")).toBe("row");
  expect(shadow.querySelector("img")?.hasAttribute("onerror")).toBe(false);
  expect(root.querySelector("iframe")).toBeNull();
});

test("HTML with a script asks first, and then runs in a frame that may do nothing else", () => {
  show(bundle({ "text/html": "<script>1</script>" }));
  expect(root.querySelector("iframe")).toBeNull();
  void act(() => button(/Run it/).click());
  expect(root.querySelector("iframe")?.getAttribute("sandbox")).toMatch(/^allow-scripts /);
});

test("beside the question stands what trusts the whole notebook", () => {
  const asked: string[] = [];
  showIn(hostThatSays(asked), bundle({ "text/html": "<script>1</script>" }));
  void act(() => button(/Trust the notebook/).click());
  expect(asked).toEqual(["trust"]);
});

test("when the question has been answered, the keyboard is in the cell", () => {
  root.setAttribute("role", "listitem");
  root.tabIndex = -1;
  show(bundle({ "text/html": "<script>1</script>" }));
  button(/Run it/).focus();
  void act(() => button(/Run it/).click());
  expect(document.activeElement).toBe(root);
});

test("HTML with a script runs at once in a trusted notebook", () => {
  show(bundle({ "text/html": "<script>1</script>" }), true);
  expect(root.querySelector("iframe")?.getAttribute("src")).toBe("sandbox.html");
});

test("a bare script asks first too, and runs at once in a trusted notebook", () => {
  show(bundle({ "application/javascript": "alert(1)" }));
  expect(root.querySelector("iframe")).toBeNull();
  expect(root.textContent).toContain("contains a script");
  show(bundle({ "application/javascript": "alert(1)" }), true);
  expect(root.querySelector("iframe")).not.toBeNull();
});

test("a widget outside of its notebook is its text", () => {
  show(bundle({ "application/vnd.jupyter.widget-view+json": { model_id: "m" }, "text/plain": "IntSlider()" }));
  expect(root.textContent).toContain("lives in its notebook only");
  expect(root.textContent).toContain("IntSlider()");
});

test("a chart is drawn in a frame, also in a notebook that is not trusted; Bokeh's is a script and asks", () => {
  show(bundle({ "application/vnd.plotly.v1+json": {}, "text/plain": "Figure()" }));
  expect(root.querySelector("iframe")).not.toBeNull();
  show(bundle({ "application/vnd.bokehjs_exec.v0+json": "", "application/javascript": "draw()" }));
  expect(root.querySelector("iframe")).toBeNull();
  expect(root.textContent).toContain("contains a script");
});

test("a type that nobody knows is named, and can be saved", () => {
  show(bundle({ "application/x-odd": "AA" }));
  expect(root.textContent).toBe("This output cannot be shown (application/x-odd).Save application/x-odd");
});

test("an output is shown as another of its types when asked, and comes back so", () => {
  const host = hostThatSays([]);
  const output = bundle({ "text/markdown": "**x**", "text/plain": "instead" });
  const place = (at: string): void =>
    void act(() =>
      render(
        <Host.Provider value={host}>
          <OutputView key={at} output={output} cellLabel="cell 1" trusted={false} place={at} />
        </Host.Provider>,
        root,
      ),
    );
  place("a/0");
  expect(root.textContent).not.toContain("instead");
  void act(() => root.querySelector<HTMLButtonElement>("[aria-haspopup=menu]")?.click());
  void act(() => button(/View as plain text/).click());
  expect(root.textContent).toContain("instead");
  place("b/0");
  expect(root.textContent).not.toContain("instead");
  place("a/0");
  expect(root.textContent).toContain("instead");
});

test("JSON is a tree whose branches open when asked", () => {
  show(bundle({ "application/json": { list: [10, 20], word: "x" } }));
  expect(root.textContent).toContain('word: "x"');
  expect(root.querySelectorAll('[aria-expanded="false"]:not([aria-haspopup])')).toHaveLength(1);
  void act(() => button(/^list/).click());
  expect(root.textContent).toContain("1: 20");
});

test("a long JSON list shows a hundred items and offers the rest", () => {
  show(bundle({ "application/json": Array.from({ length: 500 }, (_, index) => index) }));
  expect(root.textContent).not.toContain("100: ");
  void act(() => button(/Show 400 more/).click());
  expect(root.textContent).toContain("499: 499");
});

test("JSON is looked through: what holds it is open, the rest is left out", () => {
  show(bundle({ "application/json": { moons: [{ name: "Metis" }, { name: "Io" }], planet: "Jupiter" } }));
  void act(() => button(/Find in output/).click());
  const field = root.querySelector<HTMLInputElement>("search input");
  void act(() => {
    field!.value = "metis";
    void field!.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(root.querySelector("search [role=status]")?.textContent).toBe("1 found");
  expect(root.querySelector("mark")?.textContent).toBe("Metis");
  expect(root.textContent).not.toContain("Jupiter");
});

test("a long text in JSON is shown by its beginning", () => {
  show(bundle({ "application/json": "y".repeat(50_000) }));
  expect(root.textContent.length).toBeLessThan(3_000);
  void act(() => button(/Show all 50,002/).click());
  expect(root.textContent.length).toBeGreaterThan(50_000);
});

test("an image that cannot be decoded says so, beside its text", () => {
  show(bundle({ "image/png": "AAAA", "text/plain": "<Figure>" }));
  void act(() => void root.querySelector("img")?.dispatchEvent(new Event("error")));
  expect(root.textContent).toContain("This image cannot be shown");
  expect(root.textContent).toContain("<Figure>");
});

test("the context menu of an image is that of its output; that of text is the browser's", () => {
  const ask = (target: Element | null): boolean => {
    const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
    void act(() => void target?.dispatchEvent(event));
    return event.defaultPrevented;
  };
  show(bundle({ "image/png": "AAAA" }));
  expect(ask(root.querySelector("img"))).toBe(true);
  expect(root.querySelector("[role=menu]")?.textContent).toContain("Zoom");
  show({ output_type: "stream", name: "stdout", text: "x" });
  expect(ask(root.querySelector("pre"))).toBe(false);
});

test("an image is given a description by its menu", () => {
  const asked: string[] = [];
  Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined, close: () => undefined }); // jsdom has none
  showIn(hostThatSays(asked), bundle({ "image/png": "AAAA" }, { alt: "before" }));
  void act(() => root.querySelector<HTMLButtonElement>("[aria-haspopup=menu]")?.click());
  void act(() => button(/Add description/).click());
  const field = root.querySelector("textarea");
  expect(field?.value).toBe("before");
  void act(() => {
    field!.value = "four waves";
    void field!.dispatchEvent(new Event("input", { bubbles: true }));
  });
  void act(() => button(/Save description/).click());
  expect(asked).toEqual(["describe", '"a/0"', "image/png"]);
});

test("LaTeX becomes MathML", async () => {
  show(bundle({ "text/latex": "$\\displaystyle \\frac{1}{2}$" }));
  await vi.waitFor(() => expect(root.querySelector("math mfrac")).not.toBeNull());
});

test("Markdown becomes HTML", async () => {
  show(bundle({ "text/markdown": "**x** <script>1</script>" }));
  await vi.waitFor(() => expect(root.querySelector("strong")?.textContent).toBe("x"));
  expect(root.querySelector("script")).toBeNull();
});

test("an output of a type of its own is shown as what it is", () => {
  show({ output_type: "unknown", raw: { output_type: "odd", a: 1 } });
  expect(root.textContent).toContain('output_type: "odd"');
});
