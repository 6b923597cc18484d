/** HTML with scripts: it runs in a frame of its own, and reaches nothing of ours. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

/** Tries everything, and shows what happened. */
const HOSTILE = `
<div id="said"></div><input id="trap">
<script>
(async () => {
  const said = [];
  const attempt = async (name, act) => {
    try { said.push(name + ": reached " + await act()); } catch (error) { said.push(name + ": stopped"); }
  };
  await attempt("parent", () => window.parent.document.title);
  await attempt("top", () => window.top.location.href);
  await attempt("cookies", () => document.cookie);
  await attempt("storage", () => localStorage.length);
  await attempt("files", async () => {
    const response = await fetch("/api/contents/", { credentials: "include" });
    if (!response.ok) throw new Error();
    return response.text();
  });
  await attempt("unread", () => fetch(ADDRESS + "api/shutdown", { method: "POST", mode: "no-cors", credentials: "include" }));
  await attempt("plain servers", () => fetch("http://127.0.0.1:1/", { mode: "no-cors" }));
  await attempt("socket", () => new Promise((resolve, reject) => {
    const socket = new WebSocket(ADDRESS.replace("http", "ws") + "api/documents/socket");
    socket.onopen = () => resolve("open");
    socket.onerror = reject;
  }));
  await attempt("bridge", () => (window.pywebview ?? window.top.pywebview).api);
  await attempt("popup", () => { if (open("about:blank") === null) throw new Error(); });
  await attempt("frame around", () => window.frameElement.ownerDocument.title);
  await attempt("page in a frame", () => new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    frame.src = ADDRESS;
    frame.onload = () => { try { resolve(frame.contentDocument.title); } catch (error) { reject(error); } };
    addEventListener("securitypolicyviolation", reject);
    document.body.append(frame);
  }));
  document.getElementById("trap").focus();
  parent.postMessage({ type: "adrastea:html", html: "<b>forged</b>" }, "*");
  await attempt("navigation", () => { window.top.location = "about:blank"; return "set"; });
  document.getElementById("said").textContent = said.join("; ");
})();
</script>`;

const ATTEMPTS = Array.from(HOSTILE.matchAll(/attempt\("([^"]+)"/g), ([, name]) => name ?? "");

story("a script in an output runs in the sandbox only, and reaches nothing", async ({ application, page }) => {
  page.expectError(
    /sandbox|Blocked|blocked|CORS|Content Security Policy|Unsafe attempt|Failed to load resource|permission to navigate|access/i,
  );
  const script = HOSTILE.replaceAll("ADDRESS", JSON.stringify(application.address));
  const code = `from IPython.display import HTML\nHTML(r'''${script}''')`;
  application.write("hostile.ipynb", notebookText([code]));
  const notebook = await page.openNotebook("hostile.ipynb");
  await notebook.runCell(1);
  const run = notebook.outputOf(1).getByRole("button", { name: /Run/ });
  const frame = notebook.outputOf(1).locator("iframe");
  await run.or(frame).first().waitFor();
  if (await run.isVisible()) await run.click();
  const said = frame.contentFrame().locator("#said");

  await expect.poll(() => said.textContent()).toBe(ATTEMPTS.map((name) => `${name}: stopped`).join("; "));
  expect(await page.browserPage.evaluate(() => document.activeElement?.tagName)).not.toBe("IFRAME");
  expect(await frame.getAttribute("sandbox")).not.toContain("allow-same-origin");
  expect(page.browserPage.url()).toContain(application.address);
});

story("a saved notebook's script does not run before it is asked for", async ({ application, page }) => {
  page.expectError(/inline event handler/); // what Chromium says when such HTML is parsed, before it is sanitised
  page.expectError(/404.*files\/x/);
  page.expectError(/img-src|Ignored call to 'alert\(\)'/); // in the frame, when it runs there
  const asked: string[] = [];
  page.browserPage.on("dialog", (dialog) => asked.push(dialog.message()));
  const outputs = [
    {
      output_type: "display_data",
      data: {
        "text/html": "<p>harmless</p><script>document.body.append('it ran')</script><img src=x onerror=alert(1)>",
      },
      metadata: {},
    },
  ];
  application.write("foreign.ipynb", notebookText([{ code: "show()", outputs }]));
  const notebook = await page.openNotebook("foreign.ipynb");
  await notebook.outputOf(1).getByText("harmless").waitFor();

  await notebook.outputOf(1).getByRole("button", { name: "Run it" }).waitFor();
  await page.status.getByText("Not trusted (scripts in outputs off)").first().waitFor();
  expect(await notebook.outputOf(1).locator("iframe").count()).toBe(0);
  expect(await notebook.outputOf(1).textContent()).not.toContain("it ran");
  expect(asked).toEqual([]);

  await notebook.outputOf(1).getByRole("button", { name: "Trust the notebook" }).click();
  await notebook.outputOf(1).locator("iframe").contentFrame().getByText("it ran").waitFor();
  await expect.poll(() => page.status.getByText("Not trusted").count()).toBe(0);
  expect(asked).toEqual([]);
});

story("a frame keeps what is in it when it is scrolled away and when its cell moves", async ({ application, page }) => {
  const button = `<button onclick="this.textContent = 'kept'">press</button><script>1</script>`;
  const others = Array.from({ length: 80 }, (_, at) => `"""\n${"line\n".repeat(10)}"""  # ${at}`);
  application.write("kept.ipynb", notebookText([`from IPython.display import HTML\nHTML("""${button}""")`, ...others]));
  const notebook = await page.openNotebook("kept.ipynb");
  await notebook.runCell(1);
  const frame = (n: number) => notebook.outputOf(n).locator("iframe").contentFrame();
  await frame(1).getByRole("button", { name: "press" }).click();
  await page.press("Escape");
  await expect.poll(() => notebook.cell(1).evaluate((cell) => cell === document.activeElement)).toBe(true);

  await notebook.show(80);
  await notebook.show(1);
  await frame(1).getByRole("button", { name: "kept" }).waitFor();
  await notebook.select(1);
  await page.press("Control+Shift+ArrowDown");
  await frame(2).getByRole("button", { name: "kept" }).waitFor();
});
