import { expect, test } from "vitest";
import { knownScripts } from "./knownScripts";

test("what Altair's pages load is Vega, once", () => {
  const paths = `{
    "vega": "https://cdn.jsdelivr.net/npm/vega@6?noext",
    "vega-lib": "https://cdn.jsdelivr.net/npm/vega-lib?noext",
    "vega-lite": "https://cdn.jsdelivr.net/npm/vega-lite@6.4.1?noext",
    "vega-embed": "https://cdn.jsdelivr.net/npm/vega-embed@7?noext"
  }`;
  expect(knownScripts(paths)).toEqual([
    { script: "vega", addresses: ["https://cdn.jsdelivr.net/npm/vega@6?noext"] },
    {
      script: "nothing",
      addresses: [
        "https://cdn.jsdelivr.net/npm/vega-lite@6.4.1?noext",
        "https://cdn.jsdelivr.net/npm/vega-embed@7?noext",
      ],
    },
  ]);
});

test.each([
  ["https://cdn.jsdelivr.net/npm/vega@5/build/vega.min.js", "vega"],
  ["https://unpkg.com/vega-lite@5", "nothing"],
  ["https://cdn.plot.ly/plotly-3.0.1.min.js", "plotly.min.js"],
  ["https://cdn.plot.ly/plotly-latest.min.js", "plotly.min.js"],
  ["https://cdn.bokeh.org/bokeh/release/bokeh-3.9.2.min.js", "bokeh.min.js"],
  ["https://cdn.bokeh.org/bokeh/release/bokeh-widgets-3.9.2.min.js", "bokeh-widgets.min.js"],
  ["https://cdn.bokeh.org/bokeh/dev/bokeh-3.10.0.dev1.js", "bokeh.min.js"],
])("%s is %s", (address, script) => {
  expect(knownScripts(`<script src="${address}"></script>`)).toEqual([{ script, addresses: [address] }]);
});

test.each([
  "https://cdn.jsdelivr.net/npm/vega-lib?noext",
  "https://cdn.jsdelivr.net/npm/vega-themes@2",
  "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js",
  "https://evil.example/npm/vega@6",
  "https://cdn.plot.ly.evil.example/plotly-3.min.js",
])("%s is left to the network", (address) => expect(knownScripts(address)).toEqual([]));
