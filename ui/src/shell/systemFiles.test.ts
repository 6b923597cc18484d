import { expect, test } from "vitest";
import { openSystemFile } from "./systemFiles";
import type { Shell } from "./shell";

/** What the shell is asked, in order. */
function shellWith(workspacePath: (path: string) => Promise<string>): { shell: Shell; asked: string[] } {
  const asked: string[] = [];
  const note = (what: string) => (value: unknown) => {
    asked.push(`${what} ${String(value)}`);
    return Promise.resolve();
  };
  const shell = {
    server: { workspacePath },
    openAndEnter: note("open"),
    toasts: { show: note("say") },
    activeDocument: { peek: () => ({ goToLine: note("line") }) },
  } as unknown as Shell;
  return { shell, asked };
}

test("a file of the workspace is opened at its line", async () => {
  const { shell, asked } = shellWith((path) => Promise.resolve(path.replace("/srv/notebooks/", "")));
  await openSystemFile(shell, "/srv/notebooks/a/b.py", 7);
  expect(asked).toEqual(["open a/b.py", "line 7"]);
});

test("of a file elsewhere it is said that it lies elsewhere, and nothing is opened", async () => {
  const { shell, asked } = shellWith(() => Promise.reject(new Error("b.py does not lie here.")));
  await openSystemFile(shell, "/etc/b.py", 7);
  expect(asked).toEqual(["say b.py does not lie here."]);
});
