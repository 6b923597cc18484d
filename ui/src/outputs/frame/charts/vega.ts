/** Vega in a frame, built by itself: under the names that Altair's pages ask for, and as what draws its charts here. */
import * as vega from "vega";
import embed, { type EmbedOptions } from "vega-embed";
import * as vegaLite from "vega-lite";

/** What the page hands over to draw. */
export interface VegaChart {
  readonly spec: unknown;
  readonly mode: "vega" | "vega-lite";
  /** As the kernel has asked for them. */
  readonly options: EmbedOptions;
}

let drawn: { finalize(): void } | null = null;

async function draw(element: HTMLElement, value: unknown): Promise<void> {
  const { spec, mode, options } = value as VegaChart;
  if (typeof spec !== "object" || spec === null || Array.isArray(spec))
    throw new Error("the specification is no object");
  const isDark = document.documentElement.style.colorScheme === "dark";
  const actions = { export: true, source: false, compiled: false, editor: false }; // the others open windows
  const look = { config: { background: "transparent" }, ...(isDark && { theme: "dark" }) };
  const made = await embed(element, spec, { actions, ...look, ...options, mode }).catch((error: unknown) => {
    if (error instanceof TypeError) throw new Error(`the specification makes no sense to Vega (${error.message})`);
    throw error;
  });
  drawn?.finalize();
  drawn = made;
}

Object.assign(globalThis, { vega, vegaLite, vegaEmbed: embed, adrasteaVega: draw });
