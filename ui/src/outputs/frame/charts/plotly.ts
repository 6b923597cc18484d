/** Draws a Plotly figure in a frame, with the Plotly that has been loaded before. */

interface Figure {
  readonly data?: readonly { readonly type?: unknown }[];
  readonly layout?: object;
  readonly config?: object;
  readonly frames?: readonly unknown[];
}

interface Plotly {
  /** What is wrong with the traces; undefined where nothing is. */
  validate(
    data: readonly object[],
    layout: object,
  ): readonly { readonly code: string; readonly msg: string }[] | undefined;
  react(element: HTMLElement, data: unknown, layout: object, config: object): Promise<unknown>;
  addFrames(element: HTMLElement, frames: readonly unknown[]): Promise<unknown>;
}

async function draw(element: HTMLElement, value: unknown): Promise<void> {
  const { Plotly: plotly } = globalThis as unknown as { readonly Plotly?: Plotly };
  if (plotly === undefined) throw new Error("Plotly did not load");
  const { data = [], layout = {}, config = {}, frames = [] } = checked(plotly, value);
  await plotly.react(element, data, layout, { responsive: true, ...config });
  if (frames.length > 0) await plotly.addFrames(element, frames);
}

/** Plotly itself draws empty axes for what it does not understand. */
function checked(plotly: Plotly, value: unknown): Figure {
  const { data = [] } = (value ?? {}) as { readonly data?: unknown };
  const isList = Array.isArray(data) && data.every((trace) => typeof trace === "object" && trace !== null);
  if (typeof value !== "object" || value === null || !isList) {
    throw new Error("the figure has no list of traces (data)");
  }
  const figure = value as Figure;
  const kinds = [...new Set(figure.data?.map(({ type }) => type))].filter((type) => type !== undefined);
  const remarks = plotly.validate(
    kinds.map((type) => ({ type })),
    {},
  );
  const wrong = remarks?.find(({ code }) => code === "value"); // that they have no data is no fault of theirs
  if (wrong !== undefined) throw new Error(wrong.msg);
  return figure;
}

Object.assign(globalThis, { adrasteaPlotly: draw });
