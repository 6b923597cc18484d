import { afterEach, expect, test, vi } from "vitest";
import "./plotly";

const drawn: unknown[] = [];
const plotly = {
  validate: (traces: readonly { readonly type: unknown }[]) =>
    traces.map(({ type }, trace) =>
      type === "bar"
        ? { code: "invisible", msg: `Trace ${trace} got defaulted to be not visible` }
        : { code: "value", msg: 'In data trace 0, key type is set to an invalid value ("heap")' },
    ),
  react: (_element: HTMLElement, data: unknown) => Promise.resolve(drawn.push(data)),
  addFrames: () => Promise.resolve(),
};

afterEach(() => drawn.splice(0));

function draw(value: unknown): Promise<void> {
  vi.stubGlobal("Plotly", plotly);
  const { adrasteaPlotly } = globalThis as unknown as {
    readonly adrasteaPlotly: (element: HTMLElement, value: unknown) => Promise<void>;
  };
  return adrasteaPlotly(document.createElement("div"), value);
}

test("a figure is drawn, also one without any trace", async () => {
  await draw({ data: [{ type: "bar", y: [1] }, { type: "bar" }], layout: {} });
  await draw({});
  expect(drawn).toHaveLength(2);
});

test("what is no figure is refused: Plotly would draw empty axes", async () => {
  await expect(draw("nonsense")).rejects.toThrow("no list of traces");
  await expect(draw(null)).rejects.toThrow("no list of traces");
  await expect(draw({ data: "nonsense" })).rejects.toThrow("no list of traces");
  await expect(draw({ data: [1] })).rejects.toThrow("no list of traces");
});

test("a kind of trace that is not known is named", async () => {
  await expect(draw({ data: [{ type: "heap" }] })).rejects.toThrow('invalid value ("heap")');
  expect(drawn).toEqual([]);
});
