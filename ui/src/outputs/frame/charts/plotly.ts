/** Draws a Plotly figure in a frame, with the Plotly that has been loaded before. */

interface Figure {
  readonly data?: unknown;
  readonly layout?: object;
  readonly config?: object;
  readonly frames?: readonly unknown[];
}

interface Plotly {
  react(element: HTMLElement, data: unknown, layout: object, config: object): Promise<unknown>;
  addFrames(element: HTMLElement, frames: readonly unknown[]): Promise<unknown>;
}

async function draw(element: HTMLElement, value: unknown): Promise<void> {
  const { Plotly: plotly } = globalThis as unknown as { readonly Plotly?: Plotly };
  if (plotly === undefined) throw new Error("Plotly did not load");
  const { data = [], layout = {}, config = {}, frames = [] } = value as Figure;
  await plotly.react(element, data, layout, { responsive: true, ...config });
  if (frames.length > 0) await plotly.addFrames(element, frames);
}

Object.assign(globalThis, { adrasteaPlotly: draw });
