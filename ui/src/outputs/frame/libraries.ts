/**
 * The scripts that frames need, as blobs: Plotly and Bokeh from the environment of the notebook's kernel, so that they
 * are of the version that made the plot; Vega and the few lines around them from our own assets. Each is fetched when
 * something first needs it.
 */
import { packageAsset } from "../../api/packageAssets";
import { outputsText } from "../../i18n/outputs";
import { ApiError, requestScript } from "../../wire/http";
import plotlyGlue from "./charts/plotly.ts?frame";
import vegaBundle from "./charts/vega.ts?frame";
import { knownScripts, type KnownScript } from "./knownScripts";
import type { Library } from "./protocol";

const BOKEH = ["bokeh.min.js", "bokeh-gl.min.js", "bokeh-widgets.min.js", "bokeh-tables.min.js"];
const BOKEH_MATHS = "bokeh-mathjax.min.js"; // as large as the others together
const HAS_MATHS = /\$\$|\\\\[([]|"(?:TeX|MathML|Ascii)"/;

export class FrameLibraries {
  readonly #kernel: () => string;
  readonly #fetched = new Map<string, Promise<Blob>>();

  /** `kernel` is the name of the notebook's kernelspec, empty where there is none. */
  constructor(kernel: () => string) {
    this.#kernel = kernel;
  }

  /** The name of the kernelspec in whose environment they are looked for; empty where there is none. */
  get kernel(): string {
    return this.#kernel();
  }

  async plotly(): Promise<readonly Library[]> {
    return toRun(await Promise.all([this.#ofKernel("plotly.min.js"), this.#own(plotlyGlue)]));
  }

  async vega(): Promise<readonly Library[]> {
    return toRun([await this.#own(vegaBundle)]);
  }

  /** For a script of Bokeh's. */
  async bokeh(script: string): Promise<readonly Library[]> {
    const names = HAS_MATHS.test(script) ? [...BOKEH, BOKEH_MATHS] : BOKEH;
    return toRun(await Promise.all(names.map((name) => this.#ofKernel(name))));
  }

  /** What HTML or a script would load from the network and we have here. What we have not is left to the network. */
  async within(text: string): Promise<readonly Library[]> {
    const found = await Promise.all(
      knownScripts(text).map(async ({ script, addresses }): Promise<readonly Library[]> => {
        const source = await this.#known(script).catch(() => null);
        return source === null ? [] : [{ source, addresses }];
      }),
    );
    return found.flat();
  }

  #known(script: KnownScript): Promise<Blob> {
    if (script === "vega") return this.#own(vegaBundle);
    if (script === "nothing") return Promise.resolve(new Blob([""], { type: "text/javascript" }));
    return this.#ofKernel(script);
  }

  #own(address: string): Promise<Blob> {
    return this.#once(address, () => requestScript(address));
  }

  #ofKernel(asset: string): Promise<Blob> {
    const kernel = this.#kernel();
    if (kernel === "") return Promise.reject(new ApiError(404, outputsText.noKernelForScript));
    return this.#once(`${kernel}/${asset}`, () => packageAsset(kernel, asset));
  }

  /** What failed is tried again: a package can be installed meanwhile. */
  #once(name: string, fetch: () => Promise<Blob>): Promise<Blob> {
    const known = this.#fetched.get(name);
    if (known !== undefined) return known;
    const asked = fetch();
    this.#fetched.set(name, asked);
    asked.catch(() => this.#fetched.delete(name));
    return asked;
  }
}

function toRun(sources: readonly Blob[]): readonly Library[] {
  return sources.map((source) => ({ source, addresses: [] }));
}
