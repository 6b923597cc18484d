import { expect, test, vi } from "vitest";
import type { OpenDocument } from "./document";
import { openTextDocument } from "./TextDocument";

function open(text: string | null, writable = true): OpenDocument {
  let disk = text;
  return openTextDocument({
    path: "a.txt",
    error: null,
    api: {
      read: (path) => Promise.resolve({ path, text: disk, mimetype: null, writable, size: 1 }),
      write: (_path, written) => {
        disk = written;
        return Promise.resolve();
      },
    },
    fileUrl: (path) => path,
    openInSystem: null,
    openAsNotebook: () => undefined,
    repair: () => Promise.resolve(),
  });
}

const can = (document: OpenDocument, id: string) => document.commands.find((command) => command.id === id)?.enabled();

test("a text file is saved by the command that notebooks have", async () => {
  const document = open("text");
  await vi.waitFor(() => expect(can(document, "document.save")).toBe(true));
  expect(document.status.value.save?.word).toBe("saved");
  expect(document.status.value.kernel).toBeNull();
});

test("a file that may not be written says so", async () => {
  const document = open("text", false);
  await vi.waitFor(() => expect(document.status.value.save?.word).toBe("read_only"));
});

test("what is no text cannot be saved", async () => {
  const document = open(null);
  await Promise.resolve();
  expect(can(document, "document.save")).toBe(false);
  expect(await document.save()).toBe(true);
});
