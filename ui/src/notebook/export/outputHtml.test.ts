// @vitest-environment jsdom
// DOMPurify needs a DOM that behaves as a browser does when nodes are removed while it walks; happy-dom does not.
import { describe, expect, test } from "vitest";
import type { Mimebundle, Output } from "../../wire/outputs";
import { inertBody } from "./selfContained";
import { outputHtml } from "./outputHtml";

interface Vector {
  readonly name: string;
  readonly payload: string;
}

const files = import.meta.glob<Vector[]>("../../../../tests/vectors/xss/*.json", { eager: true, import: "default" });
const VECTORS = Object.values(files).flat();
const AROUND = { folder: "", load: () => Promise.reject(new Error("nothing is there")) };

function html(output: Output): Promise<string> {
  return outputHtml(output, 3, AROUND);
}

function shown(data: Mimebundle): Promise<string> {
  return html({ output_type: "display_data", data, metadata: {} });
}

/** Elements and attributes that would run, send or load something, also in the shadow roots that the page declares. */
function dangers(page: string): string[] {
  const roots: ParentNode[] = [inertBody(page)];
  for (const root of roots) roots.push(...[...root.querySelectorAll("template")].map(({ content }) => content));
  return roots
    .flatMap((root) => [...root.querySelectorAll("*")])
    .flatMap((element) => {
      const bad = /^(?:script|iframe|frame|object|embed|form|base|meta|link)$/i.test(element.tagName)
        ? [element.tagName]
        : [];
      const attributes = [...element.attributes].filter(({ name, value }) => {
        const address = value.replace(/[\s\p{Cc}]/gu, "").toLowerCase();
        const isLoaded = ["src", "srcset", "poster"].includes(name) && !address.startsWith("data:");
        return (
          name.startsWith("on") || isLoaded || (element.localName !== "img" && /^(?:java|vb)script:/.test(address))
        );
      });
      return [...bad, ...attributes.map(({ name, value }) => `${name}=${value}`)];
    });
}

describe("hostile content stays inert in the exported page", () => {
  test.each(VECTORS)("$name", async ({ payload }) => {
    const outputs: Output[] = [
      { output_type: "stream", name: "stdout", text: payload },
      { output_type: "error", ename: payload, evalue: payload, traceback: [payload] },
      ...["text/html", "text/markdown", "text/latex", "image/svg+xml", "text/plain"].map((mime): Output => ({
        output_type: "display_data",
        data: { [mime]: payload },
        metadata: { alt: payload },
      })),
    ];
    for (const output of outputs) expect(dangers(await html(output))).toEqual([]);
  });
});

test("a table of pandas stands in the page itself, without the style sheet that comes with each", async () => {
  const table = "<div><style scoped>td {top: 0}</style><table><tr><th></th><td>1</td></tr></table></div>";
  const made = await shown({ "text/html": table });
  expect(made).toContain('<th role="cell"></th>');
  expect(made).not.toContain("<style");
  expect(made).toContain('aria-label="Output of cell 3"');
});

test("HTML with a style sheet of its own stands in a shadow root that the page declares", async () => {
  const made = await shown({
    "text/html": "<style>#T td {color: red}</style><table id='T'><tr><td>1</td></tr></table>",
  });
  expect(made).toContain('<template shadowrootmode="open">');
  expect(made).toContain("#T td {color: red}");
});

test("images have their size and a text that says what they are", async () => {
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAD0lEQVR4nGNgaGiAIRgLADS4A/2D8rgQAAAAAElFTkSuQmCC";
  expect(await shown({ "image/png": png, "text/plain": "<Figure size 3x2>" })).toBe(
    `<p><img class="backed" width="3" height="2" alt="Figure size 3x2" src="data:image/png;base64,${png}"></p>`,
  );
});

test("formulas are MathML", async () => {
  expect(await shown({ "text/latex": "$x^2$" })).toContain("<msup>");
});

test("an error has its headline and all of its frames", async () => {
  const traceback = ["File /usr/lib/python3.11/json.py:1", "Cell In[1]\n----> 1 x"];
  const made = await html({ output_type: "error", ename: "NameError", evalue: "no x", traceback });
  expect(made).toContain("NameError: no x</p>");
  expect(made).toContain("json.py");
});

test("what is live in the notebook says so, beside what stands for it", async () => {
  const made = await shown({ "application/vnd.plotly.v1+json": {}, "text/plain": "a chart" });
  expect(made).toContain('class="note"');
  expect(made).toContain("a chart");
});

test("JSON, media and PDF are there as text, players and a link", async () => {
  expect(await shown({ "application/json": { a: 1 } })).toContain("&quot;a&quot;: 1");
  expect(await shown({ "audio/wav": "AAAA" })).toBe('<p><audio controls src="data:audio/wav;base64,AAAA"></audio></p>');
  expect(await shown({ "application/pdf": "AAAA" })).toContain('download="output.pdf"');
});
