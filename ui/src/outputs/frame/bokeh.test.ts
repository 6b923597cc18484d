import { expect, test } from "vitest";
import { bokehScript } from "./bokeh";

test("the places that the script fills are made first", () => {
  const source = 'const render_items = [{"docid":"d","roots":{"p1":"id-1","p2":"id-2"},"root_ids":["p1"]}];';
  const script = bokehScript(source);
  expect(script).toContain('["id-1","id-2"]');
  expect(script.endsWith(source)).toBe(true);
});

test.each(["f()", '"roots":[{"type":"object"}]', '"roots":{broken}'])("%s has no places", (source) => {
  expect(bokehScript(source)).toContain("of []");
});
