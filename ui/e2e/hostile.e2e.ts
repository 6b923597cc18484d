/** A notebook full of hostile content: whatever comes in by whatever door, nothing of it runs in the page. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { hostileCells, hostileVectors, hostileWidgets, whatCouldAct } from "./hostile";
import { notebookText, python } from "./notebooks";
import { story } from "./stories";

/** Without the policy nothing but the page itself stands in the way. */
const UNPROTECTED = { bypassCSP: true };

interface Heard {
  /** What ran in the page itself. */
  readonly page: string[];
  /** What ran in frames without access to it. */
  readonly frames: string[];
}

async function listen(page: Page, own: string): Promise<Heard> {
  const heard: Heard = { page: [], frames: [] };
  await page.exposeBinding("xss", ({ frame }, id: unknown) => {
    (frame === page.mainFrame() ? heard.page : heard.frames).push(String(id));
  });
  await page.route(
    (url) => url.origin !== new URL(own).origin && /^https?:$/.test(url.protocol),
    (route) => route.abort(),
  );
  return heard;
}

/** Every cell comes into the page once; what could act there, by the audit. */
function readThrough(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (audit) => {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the function comes as its text
    const look = new Function(`return (${audit})()`) as () => readonly string[];
    const list = document.querySelector("[role=list][aria-label^='Cells of']")?.parentElement;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const found = new Set<string>();
    if (list == null) return ["no cells"];
    for (let top = 0; top < list.scrollHeight - list.clientHeight; top += 1300) {
      list.scrollTop = top;
      await frame();
      await frame();
      for (const one of look()) found.add(one);
    }
    return [...found];
  }, whatCouldAct.toString());
}

story("hostile content by every door: nothing of it runs in the page", async ({ application, visitor }) => {
  const vectors = hostileVectors();
  const cells = vectors.flatMap((vector) =>
    hostileCells(vector).map((cell, at) => ({ ...filled, id: `v${vector.number}-${at}`, ...cell })),
  );
  application.write("hostile.ipynb", JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  const page = await visitor.newcomer(UNPROTECTED);
  page.expectError(
    /Failed to load resource|ERR_|inline event handler|<\w+> attribute|MathML|Error: <|Not allowed to load/,
  );
  const heard = await listen(page.browserPage, application.address);
  const notebook = await page.openNotebook("hostile.ipynb");
  const acting = await readThrough(page.browserPage);

  expect(vectors.length).toBeGreaterThanOrEqual(150);
  expect(await notebook.count()).toBe(2 * vectors.length);
  expect(acting).toEqual([]);
  expect(heard.page).toEqual([]);
  expect(heard.frames).toEqual([]);
  await page.browserPage.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="xss('it would have been heard')">`);
  });
  await expect.poll(() => heard.page).toEqual(["it would have been heard"]);
});

story("hostile widgets: nothing of them runs in the page", async ({ application, visitor }) => {
  const notebook = { ...hostileWidgets(hostileVectors()), nbformat: 4, nbformat_minor: 5 };
  application.write("hostile.ipynb", JSON.stringify(notebook));
  const page = await visitor.newcomer(UNPROTECTED);
  page.expectError(
    /Failed to load resource|ERR_|inline event handler|<\w+> attribute|MathML|Error: <|Not allowed to load/,
  );
  const heard = await listen(page.browserPage, application.address);
  const opened = await page.openNotebook("hostile.ipynb");
  await opened.outputOf(1).getByText("kernel has ended").waitFor();

  expect(await readThrough(page.browserPage)).toEqual([]);
  expect([heard.page, heard.frames]).toEqual([[], []]);
});

story(
  "hostile names, completions, tooltips, prompts: nothing runs in the page, scripts run in their frame",
  async ({ application, visitor }) => {
    const vectors = hostileVectors().map(({ payload }) => payload);
    const [name = "", display = ""] = vectors.filter((payload) => /^<img[^/]*>$/.test(payload));
    application.write("vectors.json", JSON.stringify(vectors));
    application.write(
      `${name}.ipynb`,
      notebookText([TALK, "", "input('\\n'.join(vectors))", FRAMED], python("hostile", display)),
    );
    application.installKernel("hostile", display);
    const page = await visitor.newcomer(UNPROTECTED);
    page.expectError(/./); // what the frame says of being shut in
    const heard = await listen(page.browserPage, application.address);
    const notebook = await page.openNotebook(`${name}.ipynb`);
    await notebook.runCell(1);
    await notebook.edit(2);
    await page.type("x");
    await page.press("Control+Space");
    await page.browserPage.locator(".cm-tooltip-autocomplete").waitFor();
    for (const _ of vectors.slice(0, 40)) await page.press("ArrowDown");
    await page.press("Escape", "Shift+Tab", "Escape");
    await notebook.select(3);
    await page.press("Control+Enter");
    await notebook.cell(3).locator("input").fill(name);
    await page.press("Enter");
    await notebook.finished(3);
    await notebook.select(4);
    await page.press("Control+Enter");
    await notebook.finished(4);
    await page.browserPage.locator("iframe, button:text('Run it')").first().waitFor();
    const run = page.button("Run it");
    if (await run.isVisible()) await run.click();

    await expect.poll(() => heard.frames).toEqual(["shut in"]);
    expect(heard.page).toEqual([]);
    expect(await page.browserPage.title()).toContain(name);
    expect(await page.status.textContent()).toContain(display);
  },
);

/** The kernel says hostile things, whatever it is asked. */
const TALK = `
import json
vectors = json.load(open("vectors.json"))
kernel = get_ipython().kernel
def complete(code, at):
    types = [{"text": one, "type": one, "signature": one, "start": 0, "end": at} for one in vectors]
    return {"status": "ok", "matches": vectors, "cursor_start": 0, "cursor_end": at,
            "metadata": {"_jupyter_types_experimental": types}}
def inspect(*args, **kwargs):
    text = "\\n".join(vectors)
    data = {"text/plain": text, "text/html": text, "text/markdown": text}
    return {"status": "ok", "found": True, "data": data, "metadata": {}}
kernel.do_complete, kernel.do_inspect = complete, inspect
`;

/** Reaches for the page around it by every name, and then says that it is there. */
const FRAMED = `
from IPython.display import HTML
HTML("""<p>framed</p><script>
for (const reach of [() => parent.xss("page"), () => top.xss("page"), () => opener.xss("page"), () => frames[0].xss("page"),
  () => parent.pywebview.api.quit(), () => top.document.body.remove(), () => { parent.location = "javascript:xss('page')"; },
  () => { top.location = "javascript:xss('page')"; }, () => open("javascript:opener.xss('page')")]) {
  try { reach(); } catch {}
}
for (const type of ["adrastea:height", "adrastea:html"]) parent.postMessage({ type, html: "<img src=x onerror=xss('page')>", height: 50 }, "*");
xss("shut in");
</script>""")
`;

const filled = { metadata: {}, source: "" };
