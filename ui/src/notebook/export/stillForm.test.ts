import { expect, test } from "vitest";
import type { Mimebundle } from "../../wire/outputs";
import { stillForm } from "./stillForm";

const WIDGET = { "application/vnd.jupyter.widget-view+json": { model_id: "m" } };
const PLOTLY = { "application/vnd.plotly.v1+json": { data: [] } };
const kind = (data: Mimebundle) => [stillForm(data).form?.kind ?? null, stillForm(data).instead];

test("what stands still is shown in its best form", () => {
  expect(kind({ "text/plain": "x", "text/html": "<table></table>" })).toEqual(["html", false]);
  expect(kind({ "text/plain": "x", "image/png": "aGk=" })).toEqual(["image", false]);
});

test("what lives in the notebook is replaced by the best that stands still, and that is said", () => {
  expect(kind({ ...PLOTLY, "image/png": "aGk=", "text/plain": "x" })).toEqual(["image", true]);
  expect(kind({ ...WIDGET, "text/plain": "IntSlider(value=1)" })).toEqual(["text", true]);
  expect(kind({ "text/html": "<div></div><script>x()</script>", "text/plain": "chart" })).toEqual(["text", true]);
});

test("where nothing stands still there is nothing to show", () => {
  expect(kind({ "application/javascript": "x()" })).toEqual([null, true]);
  expect(kind({ ...PLOTLY })).toEqual([null, true]);
});
