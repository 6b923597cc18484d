import { expect, test } from "vitest";
import { textBlock, textHtml } from "./textHtml";

test("colours of a terminal become styles, and markup is text", () => {
  expect(textHtml('\u001b[31m<b>\u001b[0m & "x"')).toBe(
    '<span style="color:var(--ansi-red)">&lt;b&gt;</span> &amp; &quot;x&quot;',
  );
});

test("a block ends without an empty line", () => {
  expect(textBlock("a\n", "stderr")).toBe('<pre class="text stderr">a</pre>');
});
