import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import type { KernelsFound } from "./kernelsStore";
import { Welcome } from "./Welcome";

const PYTHON = { name: "python3", displayName: "Python 3.12", language: "python", isDefault: true, origin: "python3" };

async function show(kernels: KernelsFound, recent: readonly string[] = [], done: string[] = []): Promise<HTMLElement> {
  const root = document.createElement("div");
  await act(() => {
    render(
      <Welcome
        kernels={kernels}
        recent={recent}
        mac={false}
        open={(path) => void done.push(`open ${path}`)}
        run={(command) => void done.push(command)}
        lookAgain={() => void done.push("look again")}
      />,
      root,
    );
  });
  return root;
}

test("kernels are listed by the names that people know", async () => {
  const root = await show({ at: "ready", list: [PYTHON] });
  expect(root.textContent).toContain("Python 3.12");
  expect(root.textContent).not.toContain("No Python kernel found");
});

test("without a Python kernel it says so, and other kernels are still listed", async () => {
  const root = await show({ at: "ready", list: [{ ...PYTHON, displayName: "R 4.4", language: "R" }] });
  expect(root.textContent).toContain("No Python kernel found");
  expect(root.textContent).toContain("R 4.4");
});

test("a list that could not be read says why", async () => {
  expect((await show({ at: "failed", message: "The server does not answer." })).textContent).toContain(
    "does not answer",
  );
});

test("the buttons run commands and recent files open", async () => {
  const done: string[] = [];
  const root = await show({ at: "ready", list: [PYTHON] }, ["work/a.ipynb"], done);
  await act(() => root.querySelectorAll("button").forEach((button) => button.click()));
  expect(done).toEqual(["file.new-notebook", "file.open", "file.open-folder", "open work/a.ipynb"]);
});

test("one line names the keys that matter", async () => {
  expect((await show({ at: "loading" })).textContent).toContain(
    "Esc / Enter switch modes; Shift+Enter runs; Ctrl+Shift+P finds everything.",
  );
});
