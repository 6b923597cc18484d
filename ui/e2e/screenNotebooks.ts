/** The notebooks of screens.e2e.ts: one output of each kind, and cells in every state. */
import { notebookText } from "./notebooks";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const stream = (name: string, text: string) => ({ output_type: "stream", name, text });
const shown = (data: object) => ({ output_type: "display_data", metadata: {}, data });
const LONG = Array.from({ length: 300 }, (_, line) => `line ${line}`).join("\n");
const ANSI =
  "\u001b[31mred \u001b[32mgreen \u001b[33myellow \u001b[34mblue \u001b[35mmagenta \u001b[36mcyan \u001b[90mgrey\u001b[0m \u001b[7minverse\u001b[0m \u001b[41mground\u001b[0m \u001b[38;5;208m256\u001b[0m";
const TRACEBACK = [
  "\u001b[31m---------------------------------------------------------------------------\u001b[39m",
  "\u001b[31mKeyError\u001b[39m                                  Traceback (most recent call last)",
  "\u001b[36mFile \u001b[39m\u001b[32m/usr/lib/python3/site-packages/library.py:12\u001b[39m, in \u001b[36minner\u001b[39m\n\u001b[32m     10\u001b[39m pass\n\u001b[32m---> 12\u001b[39m raise",
  "\u001b[36mCell\u001b[39m\u001b[36m \u001b[39m\u001b[32mIn[1]\u001b[39m\u001b[32m, line 1\u001b[39m\n\u001b[32m----> 1\u001b[39m {}['x']",
  "\u001b[31mKeyError\u001b[39m: 'x'",
];

/** One output of each kind, as a file holds them. */
export const OUTPUTS = notebookText([
  {
    markdown:
      "# Outputs\n\nText, `code`, a [link](https://example.org), $x^2$\n\n- [x] done\n\n> quote\n\n```python\nx = 1  # why\n```\n\n|a|b|\n|-|-|\n|1|2|",
  },
  {
    code: "import this  # why\nclass A:\n    def f(self): return 'x', 1.5, None",
    outputs: [stream("stdout", "out\n"), stream("stderr", "err\n"), stream("stdout", ANSI)],
  },
  { code: "1 / 0", outputs: [{ output_type: "error", ename: "KeyError", evalue: "'x'", traceback: TRACEBACK }] },
  { code: "long", outputs: [stream("stdout", LONG)] },
  {
    code: "table",
    outputs: [
      shown({
        "text/html":
          "<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table>",
      }),
    ],
  },
  {
    code: "image",
    outputs: [
      shown({ "image/png": PNG, "text/plain": "<Figure size 640x480>" }),
      shown({
        "image/svg+xml":
          "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20' fill='teal'/></svg>",
      }),
    ],
  },
  {
    code: "rich",
    outputs: [
      shown({ "text/markdown": "## From *Markdown*" }),
      shown({ "text/latex": "$\\frac{a}{b}$" }),
      shown({ "application/json": { a: [1, "two", null, true], b: { c: {} } } }),
    ],
  },
  {
    code: "script",
    outputs: [
      shown({ "text/html": "<script>document.body.append('ran')</script>" }),
      shown({ "application/javascript": "1" }),
    ],
  },
  {
    code: "unknown",
    outputs: [
      shown({ "application/x-unknown": "?" }),
      shown({
        "application/vnd.jupyter.widget-view+json": { model_id: "gone", version_major: 2, version_minor: 0 },
        "text/plain": "IntSlider(value=0)",
      }),
    ],
  },
  { code: "media", outputs: [shown({ "audio/wav": "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=" })] },
  { raw: "raw text" },
]);

/** States of cells: with a kernel. */
export const STATES = notebookText([
  { markdown: "# States" },
  "print('done')",
  "{}['missing']",
  { code: "2", outputs: [stream("stdout", "from the file")] },
  "input('Name? ')",
  "'queued'",
]);
