import { describe, expect, test } from "vitest";
import { choices, choose, described, metadataOf, plainText } from "./mimebundle";

describe("the richest type that can be shown is chosen", () => {
  test.each([
    [{ "text/plain": "x" }, "text"],
    [{ "text/plain": "x", "text/html": "<b>" }, "html"],
    [{ "text/plain": "<Figure>", "image/png": "iVBO" }, "image"],
    [{ "image/png": "iVBO", "image/svg+xml": "<svg>" }, "svg"],
    [{ "text/plain": "x**2", "text/latex": "$x^2$", "image/png": "iVBO" }, "latex"],
    [{ "text/markdown": "# x", "text/plain": "x" }, "markdown"],
    [{ "application/json": { a: 1 }, "text/plain": "x" }, "json"],
    [{ "application/pdf": "JVBE", "text/plain": "x" }, "pdf"],
    [{ "audio/wav": "UklG" }, "media"],
    [{ "application/javascript": "1", "text/plain": "x" }, "script"],
    [{ "text/html": "", "text/plain": "x" }, "text"],
    [{ "text/csv": "a,b" }, "text"],
    [{ "application/vnd.jupyter.widget-view+json": { model_id: "m" }, "text/html": "x" }, "widget"],
    [{ "application/vnd.jupyter.widget-view+json": {}, "text/html": "x" }, "html"],
    [{ "application/vnd.unheard+json": [1] }, "json"],
    [{ "application/octet-stream": "AAAA" }, "unknown"],
    [{}, "unknown"],
  ])("%j is %s", (data, kind) => expect(choose(data).kind).toBe(kind));
});

describe("charts are drawn from their data, whatever else stands beside them", () => {
  test.each([
    ["application/vnd.plotly.v1+json", "plotly"],
    ["application/vnd.vegalite.v6.json", "vega"],
    ["application/vnd.vegalite.v5+json", "vega"],
    ["application/vnd.vega.v5.2+json", "vega"],
  ])("%s", (mime, kind) => {
    expect(choose({ [mime]: { a: 1 }, "text/html": "<b>", "image/png": "iVBO" })).toEqual({
      kind,
      mime,
      value: { a: 1 },
    });
  });

  test("Bokeh's are a script, whose own type is empty", () => {
    const mime = "application/vnd.bokehjs_exec.v0+json";
    expect(choose({ "application/javascript": ["a", "b"], [mime]: "" })).toEqual({ kind: "bokeh", mime, source: "ab" });
    expect(choose({ [mime]: "" })).toMatchObject({ kind: "bokeh", source: "" });
  });

  test("what says that Bokeh is loading runs nothing", () => {
    const mime = "application/vnd.bokehjs_load.v0+json";
    expect(choose({ "application/javascript": "load()", [mime]: "load()" })).toEqual({ kind: "bokehLoad", mime });
    const html = '<a class="bk-notebook-logo"></a><span id="x">Loading BokehJS ...</span>';
    expect(choose({ "text/html": html }).kind).toBe("bokehLoad");
  });
});

test("base64 loses its line feeds", () => {
  expect(choose({ "image/png": "iVBO\nRw0K\n" })).toMatchObject({ data: "iVBORw0K" });
});

test("lists of lines, as they stand in files, are joined", () => {
  expect(choose({ "text/html": ["<b>", "x</b>"] })).toMatchObject({ html: "<b>x</b>" });
});

test("an empty text is a text", () => expect(plainText({ "text/plain": "" })).toBe(""));

test("the metadata of a type come before those of the output", () => {
  expect(metadataOf({ "image/png": { width: 3 } }, "image/png")).toEqual({ width: 3 });
  expect(metadataOf({ width: 4 }, "image/png")).toEqual({ width: 4 });
});

describe("everything that a bundle can be shown as is offered, the best first", () => {
  test.each([
    [{ "text/plain": "x", "text/html": "<b>" }, ["text/html", "text/plain"]],
    [
      { "text/plain": "x", "image/png": "iVBO", "image/svg+xml": "<svg>", "text/latex": "$x$" },
      ["image/svg+xml", "text/latex", "image/png", "text/plain"],
    ],
    [{ "application/vnd.unheard+json": [1], "text/csv": "a" }, ["text/csv", "application/vnd.unheard+json"]],
    [{}, [""]],
  ])("%j as %j", (data, types) => expect(choices(data).map(({ mime }) => mime)).toEqual(types));
});

describe("a value that its type cannot have is passed over", () => {
  test.each([
    [{ "image/png": 7, "text/plain": "x" }, "text"],
    [{ "text/html": { a: 1 }, "text/plain": "x" }, "text"],
    [{ "text/html": ["<b>", 7], "image/png": "iVBO" }, "image"],
    [{ "image/png": null }, "unknown"],
  ])("%j is %s", (data, kind) => expect(choose(data).kind).toBe(kind));
});

test.each([
  [{}, "a plot", { alt: "a plot" }],
  [{ width: 3 }, "a plot", { width: 3, alt: "a plot" }],
  [{ "image/png": { width: 3 } }, "a plot", { "image/png": { width: 3, alt: "a plot" } }],
  [{ alt: "old" }, "", {}],
])("%j described as %j: %j", (metadata, text, after) => expect(described(metadata, "image/png", text)).toEqual(after));
