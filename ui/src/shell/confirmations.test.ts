import { expect, test } from "vitest";
import { mayRun } from "./confirmations";
import { DialogsStore } from "./dialogsStore";
import { type DocumentStatus, type KernelWord, NO_STATUS } from "./document";

function status(word: KernelWord, queued = 0): DocumentStatus {
  return { ...NO_STATUS, kernel: { name: "Python 3", word, message: "" }, queued };
}

test("restarting a kernel with variables is asked about", async () => {
  const dialogs = new DialogsStore();
  const answer = mayRun("kernel.restart", status("idle"), dialogs);
  expect(dialogs.open.value[0]?.text).toContain("All variables are lost");
  dialogs.open.value[0]?.answer("yes", "");
  expect(await answer).toBe(true);
});

test("the question names the work that is dropped", async () => {
  const dialogs = new DialogsStore();
  const answer = mayRun("kernel.restart", status("busy", 2), dialogs);
  expect(dialogs.open.value[0]?.text).toContain("2 queued cells");
  dialogs.open.value[0]?.answer(null, "");
  expect(await answer).toBe(false);
});

test("nothing is asked where there is nothing to lose", () => {
  const dialogs = new DialogsStore();
  expect(mayRun("kernel.restart", status("dead"), dialogs)).toBe(true);
  expect(mayRun("kernel.restart", NO_STATUS, dialogs)).toBe(true);
  expect(mayRun("kernel.shutdown", status("idle"), dialogs)).toBe(true);
  expect(mayRun("notebook.run", status("busy", 3), dialogs)).toBe(true);
  expect(dialogs.open.value).toEqual([]);
});

test("shutting down or changing a kernel at work is asked about", () => {
  const dialogs = new DialogsStore();
  void mayRun("kernel.shutdown", status("busy"), dialogs);
  void mayRun("kernel.change", status("busy"), dialogs);
  expect(dialogs.open.value.map((question) => question.title)).toEqual(["Shut down the kernel?", "Change the kernel?"]);
});

test("taking the version on disk is asked about when there is something of one's own to lose", () => {
  const dialogs = new DialogsStore();
  const saved = (word: "saved" | "unsaved") => ({ ...NO_STATUS, save: { word, at: null, message: "" } });
  expect(mayRun("document.reload", saved("saved"), dialogs)).toBe(true);
  void mayRun("document.reload", saved("unsaved"), dialogs);
  expect(dialogs.open.value[0]?.title).toBe("Reload from disk?");
});
