import { expect, test, vi } from "vitest";
import { fakeDocument, fakeShell } from "./fakeShell";
import { filesActions } from "./panelActions";

test("where nothing can be copied, the path is shown", async () => {
  vi.stubGlobal("navigator", {}); // as at an insecure address
  Object.assign(document, { execCommand: () => false });
  const shell = fakeShell(fakeDocument());
  filesActions(shell).copyPath("work/a.ipynb");
  await vi.waitFor(() => expect(shell.toasts.shown.value[0]?.text).toBe("work/a.ipynb"));
});
