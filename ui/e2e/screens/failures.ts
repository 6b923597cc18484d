/** Section 9: the first run, what is empty, what fails, and the questions that are asked. */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { notebookText } from "../notebooks";
import { until } from "./code";
import { leaveDialog, type Stage, type Walk } from "./walk";

/** A Python without ipykernel, on a computer without a network: `venv` waits for a file, pip fetches nothing. */
const BARE = `#!/bin/sh
case "$2" in
  venv) echo "created virtual environment"; while [ ! -e "$(dirname "$0")/go" ]; do sleep 0.05; done ;;
  pip) echo "ERROR: No matching distribution found for ipykernel"; exit 1 ;;
  *) echo '{"version": "3.12", "prefix": "/opt/python", "is_environment": false, "has_kernel": false}' ;;
esac
`;

async function first({ page, look }: Stage): Promise<void> {
  await page.button("New notebook").last().waitFor();
  await look("welcome, and an empty folder");
  await page.browserPage.setViewportSize({ width: 480, height: 800 });
  await look("welcome in a narrow window");
}

async function withoutPython(stage: Stage): Promise<void> {
  const { application, page, look } = stage;
  page.expectError(/404/); // what is not there is asked for
  const bare = join(application.folder, "bare");
  chmodSync(bare, 0o755);
  await page.browserPage.route("**/api/kernelspecs", (route) =>
    route.fulfill({ json: { default: "python3", kernelspecs: {} } }),
  );
  await page.enter();
  await page.button("Choose interpreter…").waitFor();
  await look("no Python kernel");
  await page.button("Choose interpreter…").click();
  await page.dialog.getByRole("radio").first().waitFor();
  await look("choosing an interpreter");
  await page.dialog.getByRole("textbox").fill("/gone/python");
  await page.press("Enter");
  await page.dialog.getByText("There is no file").first().waitFor();
  await look("an interpreter that is not there");
  await page.dialog.getByRole("textbox").fill(bare);
  await page.press("Enter");
  await page.dialog.getByRole("button", { name: "Install ipykernel" }).waitFor();
  await look("a Python without ipykernel");
  await page.dialog.getByRole("button", { name: "Install ipykernel" }).click();
  await page.dialog.getByText("could not be installed").waitFor();
  await look("no network");
  await leaveDialog(stage);
  await page.button("Create environment…").click();
  await page.dialog.getByRole("option", { name: "/" }).first().waitFor({ state: "attached" });
  await look("creating an environment");
  await leaveDialog(stage);
  await page.button("Learn more").click();
  await page.dialog.getByRole("table").waitFor();
  await look("learning more");
  await leaveDialog(stage);
}

async function nothing({ page, look }: Stage): Promise<void> {
  await page.command("New notebook");
  const notebook = await page.notebook();
  await notebook.edit(1);
  await look("an empty notebook");
  await page.press("Escape", "F1");
  await page.type("xyzzy");
  await page.dialog.getByText("No command matches").waitFor();
  await look("no command");
  await page.press("Escape");
  await page.command("Find and replace…");
  await page.document.getByPlaceholder("Find").fill("xyzzy");
  await look("nothing found in the notebook");
}

async function died({ page, look }: Stage): Promise<void> {
  const notebook = await page.openNotebook("died.ipynb");
  await notebook.select(1);
  await page.command("Run all cells");
  await notebook.banner.getByRole("button", { name: "Restart and run to here" }).waitFor();
  await look("the kernel was killed");
  await page.browserPage.setViewportSize({ width: 480, height: 800 });
  await look("the kernel was killed, narrow");
}

async function broken({ page, look }: Stage): Promise<void> {
  page.expectError(/404/);
  await page.enter("broken.ipynb");
  await page.document.getByText("not a readable notebook").waitFor();
  await look("an invalid notebook");
  await page.enter("gone.ipynb");
  await page.document.getByText("could not be opened").waitFor();
  await look("a notebook that is gone");
}

async function questions(stage: Stage): Promise<void> {
  const { page, look } = stage;
  const notebook = await page.openNotebook("busy.ipynb");
  await page.command("Run all cells");
  await notebook.outputOf(1).getByText("begun").waitFor();
  const asked: readonly (readonly [command: string, screen: string])[] = [
    ["Restart…", "restart with queued work"],
    ["Change kernel…", "change the kernel"],
    ["Shut down", "shut down"],
  ];
  for (const [command, screen] of asked) {
    await page.command(command);
    await page.dialog.getByRole("button", { name: "Cancel" }).waitFor();
    await look(screen);
    await leaveDialog(stage);
  }
  await page.sidePanel.getByText("text.py").dblclick();
  await page.document.locator(".cm-content:visible").click();
  await page.type("y = 2\n");
  await page.press("Alt+W");
  await page.dialog.waitFor();
  await look("close without saving");
  await leaveDialog(stage);
}

export const FAILURES: readonly Walk[] = [
  { name: "9 first run", files: {}, go: first },
  { name: "9 nothing", files: {}, go: nothing },
  {
    name: "9 died",
    files: { "died.ipynb": notebookText(["'before'", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "3"]) },
    go: died,
  },
  { name: "9 broken", files: { "broken.ipynb": notebookText(["a = 1"]).replace('"a = 1"', '"a = 1",,') }, go: broken },
  {
    name: "9 questions",
    files: { "busy.ipynb": notebookText([`print("begun")\n${until("never")}`, "2"]), "text.py": "x = 1\n" },
    go: questions,
  },
];

export const WITHOUT_PYTHON: Walk = { name: "9 without Python", files: { bare: BARE }, go: withoutPython };
