import { beforeEach, expect, test, vi } from "vitest";
import { FrameLibraries } from "./libraries";

let asked: string[];
let missing: string[];

beforeEach(() => {
  asked = [];
  missing = [];
  vi.stubGlobal("fetch", (address: URL) => {
    const name = address.pathname.split("/").at(-1) ?? "";
    asked.push(name);
    if (missing.includes(name)) {
      const said = JSON.stringify({ message: "plotly is not installed in the environment of the kernel “P”." });
      return Promise.resolve(new Response(said, { status: 404 }));
    }
    return Promise.resolve(new Response(name));
  });
});

test("a script is fetched once, however many charts need it", async () => {
  const libraries = new FrameLibraries(() => "python3");
  await Promise.all([libraries.plotly(), libraries.plotly()]);
  expect(asked.filter((name) => name === "plotly.min.js")).toHaveLength(1);
});

test("what is not installed is said by the server's sentence, and asked for again next time", async () => {
  const libraries = new FrameLibraries(() => "python3");
  missing = ["plotly.min.js"];
  await expect(libraries.plotly()).rejects.toThrow("plotly is not installed");
  missing = [];
  await expect(libraries.plotly()).resolves.toHaveLength(2);
});

test("a notebook without a kernel cannot draw with what is in its environment", async () => {
  await expect(new FrameLibraries(() => "").plotly()).rejects.toThrow("no kernel");
  expect(asked).not.toContain("plotly.min.js");
});

test("Bokeh's part for formulas is fetched only where there is one", async () => {
  const libraries = new FrameLibraries(() => "python3");
  await libraries.bokeh('{"title":"plain"}');
  expect(asked).not.toContain("bokeh-mathjax.min.js");
  await libraries.bokeh('{"title":"$$x^2$$"}');
  expect(asked).toContain("bokeh-mathjax.min.js");
});

test("of what HTML names, that which is not here is left to the network", async () => {
  missing = ["plotly.min.js"];
  const html = "https://cdn.plot.ly/plotly-3.0.0.min.js https://cdn.bokeh.org/bokeh/release/bokeh-3.9.2.min.js";
  const found = await new FrameLibraries(() => "python3").within(html);
  expect(found.map(({ addresses }) => addresses)).toEqual([["https://cdn.bokeh.org/bokeh/release/bokeh-3.9.2.min.js"]]);
});
