/** Section 6, the statuses: of the kernel, of the document, of the connection. */
import { expect } from "vitest";
import { PYTHON } from "../application";
import { notebookText, pdf, python } from "../notebooks";
import type { ApplicationPage } from "../page";
import { until } from "./code";
import type { Stage, Walk } from "./walk";

const LAUNCH = "from ipykernel import kernelapp; kernelapp.launch_new_instance()";
/** A kernel that starts when there is a file `started`. */
const SLOW = [PYTHON, "-c", `${until("started")}\n${LAUNCH}`, "-f", "{connection_file}"];
const STUBBORN =
  "import time\nwhile True:\n    try:\n        time.sleep(0.1)\n    except KeyboardInterrupt:\n        pass";

async function kernel({ application, page, look }: Stage): Promise<void> {
  application.installKernel("slow", "Slow Python", SLOW);
  const notebook = await page.openNotebook("kernel.ipynb");
  await look("none yet");
  await notebook.select(1);
  await page.press("Control+Enter");
  await expect.poll(() => notebook.kernelState()).toMatch(/Starting/);
  await look("starting");
  application.write("started", "");
  await notebook.finished(1);
  await look("idle");
  await notebook.select(2);
  await page.press("Shift+Enter", "Shift+Enter", "Shift+Enter");
  await expect.poll(() => notebook.kernelState()).toMatch(/Busy/);
  await look("busy, two queued");
  await page.press("i", "i");
  await expect.poll(() => notebook.kernelState()).toMatch(/Interrupting/);
  await look("interrupting");
  application.remove("started");
  await page.press("0", "0");
  await page.dialog.getByRole("heading", { name: "Restart the kernel?" }).waitFor();
  await look("the question before a restart");
  await page.dialog.getByRole("button", { name: "Restart" }).click();
  await expect.poll(() => notebook.kernelState()).toMatch(/Restarting|Starting/);
  await look("restarting");
  application.write("started", "");
  await expect.poll(() => notebook.kernelState()).toMatch(/Idle/);
  await notebook.select(5);
  await page.press("Control+Enter");
  await expect.poll(() => notebook.kernelState()).toMatch(/Waiting for input/);
  await look("waiting for input");
  await page.press("Enter");
  await notebook.select(6);
  await page.press("Shift+Enter", "Control+Enter");
  await expect.poll(() => notebook.kernelState()).toMatch(/Died/);
  await look("died");
}

async function noKernel({ application, page, look }: Stage): Promise<void> {
  page.expectError(/404/);
  application.installKernel("broken", "Broken", [PYTHON, "-c", "raise SystemExit('no module named moons')"]);
  const notebook = await page.openNotebook("broken.ipynb");
  await notebook.select(1);
  await page.press("Control+Enter");
  await notebook.banner.first().waitFor();
  await look("will not start");
  await notebook.banner.getByRole("button", { name: "Show its log" }).click();
  await look("will not start, its log");
  const other = await page.openNotebook("unknown.ipynb");
  await other.select(1);
  await page.press("Control+Enter");
  await other.banner.first().waitFor();
  await look("not installed");
}

/** A page of a server that saves nothing by itself while it is looked at. */
async function unsavedPage({ application, page: before, visitor }: Stage): Promise<ApplicationPage> {
  before.expectError(/ERR_CONNECTION|WebSocket connection/);
  application.settings("autosave_seconds = 3600");
  await application.restart();
  const page = await visitor.newcomer();
  page.expectError(/ERR_CONNECTION|WebSocket connection/);
  return page;
}

async function document(stage: Stage): Promise<void> {
  const { application, look } = stage;
  const page = await unsavedPage(stage);
  const notebook = await page.openNotebook("work/text.ipynb");
  await look("as opened", page);
  await notebook.edit(1);
  await page.type("mine ");
  await expect.poll(() => notebook.saveState()).toBe("Unsaved");
  await look("unsaved", page);
  await page.press("Control+S");
  await expect.poll(() => notebook.saveState()).toMatch(/^Saved \d/);
  await look("saved", page);
  await page.type("and ");
  await expect.poll(() => notebook.saveState()).toBe("Unsaved");
  application.write("work/text.ipynb", notebookText(["theirs", "two changed", "new"]));
  await page.comeBack();
  await page.document.getByText(/Another program has changed this file/).waitFor();
  await look("merged with another program's", page);
  await page.document.getByRole("button", { name: "Keep this" }).click();
  application.write("work/text.ipynb", "<<<<<<< HEAD");
  await page.type("more ");
  await page.press("Control+S");
  await page.document.getByRole("button", { name: "Keep mine" }).waitFor();
  await look("changed on disk", page);
  await page.document.getByRole("button", { name: "Compare" }).click();
  await page.dialog.getByRole("table").waitFor();
  await look("changed on disk, compared", page);
  await page.press("Escape");
  await page.dialog.waitFor({ state: "detached" });
  await page.document.getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(() => notebook.saveState()).toMatch(/^Saved \d/);
  application.remove("work");
  application.write("work", "a file where the folder was");
  await page.type("not lost ");
  await page.press("Control+S");
  await expect.poll(() => notebook.saveState()).toMatch(/failed/);
  await look("save failed", page);
}

async function connection(stage: Stage): Promise<void> {
  const { application, look } = stage;
  const page = await unsavedPage(stage);
  const notebook = await page.openNotebook("work/text.ipynb");
  await notebook.edit(1);
  await page.type("kept ");
  await expect.poll(() => application.journals()).toContain("kept one");
  await application.kill();
  await notebook.banner.first().waitFor();
  await page.type("here ");
  await look("offline", page);
  await page.press("Control+Enter");
  await look("offline, a run is refused", page);
  await page.press("F1");
  await page.dialog.getByRole("combobox").fill("run all");
  await look("offline, what the palette says of it", page);
  await page.press("Escape");
  await page.button(/^Kernel: /).click();
  await look("offline, the kernel's menu", page);
  await page.press("Escape");
  await application.start();
  await page.document.getByText(/ended before this notebook was saved/).waitFor();
  await look("back, with what was not saved", page);
}

/** Drawn, where the engine can; none; and where there is no viewer. */
async function pdfFiles({ page, visitor, look }: Stage): Promise<void> {
  await page.enter("report.pdf");
  await page.document.getByTitle("report.pdf").waitFor();
  await look("drawn");
  await page.sidePanel.getByText("none.pdf").dblclick();
  await page.document.getByText("has the name of a PDF").waitFor();
  await look("none");
  const other = await visitor.newcomer();
  await other.browserPage.addInitScript(() => Object.defineProperty(navigator, "pdfViewerEnabled", { value: false }));
  await other.enter("report.pdf");
  await other.document.getByText("nothing here that shows PDF").waitFor();
  await look("no viewer", other);
}

/** The server's word about the document is changed on its way. */
async function reword({ browserPage }: ApplicationPage, from: RegExp, to: string): Promise<void> {
  await browserPage.routeWebSocket(/document/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => socket.send(typeof text === "string" ? text.replace(from, to) : text));
  });
}

/** As root there is no file that cannot be written. */
async function readOnly({ visitor, look }: Stage): Promise<void> {
  const page = await visitor.newcomer();
  await reword(page, /"writable": ?true/, '"writable":false');
  const notebook = await page.openNotebook("work/text.ipynb");
  await look("read only", page);
  await notebook.edit(1);
  await page.type("mine ");
  await notebook.banner.first().waitFor();
  await look("read only, and changed", page);
}

/** A save takes milliseconds: here it never ends. */
async function saving(stage: Stage): Promise<void> {
  const page = await unsavedPage(stage);
  await reword(page, /"state": ?"unsaved"/, '"state":"saving"');
  const notebook = await page.openNotebook("work/text.ipynb");
  await notebook.edit(1);
  await page.type("mine ");
  await expect.poll(() => notebook.saveState()).toMatch(/^Saving/);
  await stage.look("saving", page);
}

async function trust({ page, look }: Stage): Promise<void> {
  await page.openNotebook("foreign.ipynb");
  await look("not trusted");
}

const WORK = { "work/text.ipynb": notebookText(["one", "two", "three"]) };
const FOREIGN = notebookText([
  {
    code: "chart()",
    count: 2,
    outputs: [
      {
        output_type: "display_data",
        metadata: {},
        data: { "text/html": "<script>document.body.append('ran')</script>" },
      },
    ],
  },
]);

export const STATUSES: readonly Walk[] = [
  {
    name: "6 kernel",
    files: {
      "kernel.ipynb": notebookText(
        ["print('up')", STUBBORN, "2", "3", "input('Name? ')", "import os\nos._exit(3)", "'never'"],
        python("slow", "Slow Python"),
      ),
    },
    go: kernel,
  },
  {
    name: "6 no kernel",
    files: {
      "broken.ipynb": notebookText(["6 * 7"], python("broken", "Broken")),
      "unknown.ipynb": notebookText(["6 * 7"], python("julia-1.11", "Julia 1.11")),
    },
    go: noKernel,
  },
  { name: "6 document", files: WORK, go: document },
  { name: "6 connection", files: WORK, go: connection },
  { name: "6 PDF files", files: { "report.pdf": pdf("Rings"), "none.pdf": "no PDF" }, go: pdfFiles },
  { name: "6 read only", files: WORK, go: readOnly },
  { name: "6 saving", files: WORK, go: saving },
  { name: "6 trust", files: { "foreign.ipynb": FOREIGN }, go: trust },
];
