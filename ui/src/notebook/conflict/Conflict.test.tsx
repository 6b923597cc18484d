import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fakeServer";
import { newCell } from "../model";
import { openNotebook, type OpenNotebook } from "../openNotebook";
import { Conflict } from "./Conflict";
import { keepMine } from "./keepMine";

let root: HTMLElement;
let server: FakeServer;
let notebook: OpenNotebook;
let did: string[];
let answers: Record<string, () => Response>;

const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status });
const refused = (status: number, message: string): Response => json({ message, reason: "" }, status);
const changed = (message: string): void =>
  server.say({ type: "document", state: "changed_on_disk", message, at: null, path: "a.ipynb", writable: true });
const text = (): string => root.textContent.replace(/\s+/g, " ");
const labels = (): readonly string[] => [...root.querySelectorAll("button")].map((one) => one.textContent);
const press = (label: string): Promise<void> =>
  act(() => [...root.querySelectorAll("button")].find((one) => one.textContent === label)?.click());

async function show(message: string): Promise<void> {
  changed(message);
  await vi.waitFor(() => expect(notebook.store.document.value.state).toBe("changed_on_disk"));
  notebook.comparing.value = true;
  await act(() => render(<Conflict notebook={notebook} />, root));
}

beforeEach(async () => {
  root = document.createElement("div");
  document.body.append(root);
  did = [];
  answers = {
    "adrastea/open/a.ipynb": () => new Response('{\n "cells": [mine]\n}'),
    "files/a.ipynb": () => new Response('{\n "cells": [theirs\n}'),
    contents: () => json({ name: "a-Copy1.ipynb", path: "a-Copy1.ipynb", type: "notebook" }),
  };
  server = new FakeServer([newCell("a", "code", "1")]);
  vi.stubGlobal("WebSocket", server.socketClass());
  vi.stubGlobal("fetch", (url: URL) => {
    const found = Object.entries(answers).find(([end]) => url.pathname.endsWith(end));
    return Promise.resolve(found === undefined ? refused(404, "None.") : found[1]());
  });
  notebook = openNotebook("a.ipynb", {
    run: (command) => void did.push(command),
    opener: {
      openFile: () => undefined,
      openSystemFile: () => undefined,
      openView: () => undefined,
      openAsText: (path, message) => void did.push(`${path} as text: ${message}`),
    },
  });
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
});

afterEach(() => {
  render(null, root);
  root.remove();
  notebook.close();
  vi.unstubAllGlobals();
});

test("both texts are beside each other, with what can be done", async () => {
  await show("The file is not JSON.");
  await vi.waitFor(() => expect(text()).toContain('− "cells": [mine]'));
  expect(text()).toContain('+ "cells": [theirs');
  expect(text()).toContain("The file is not JSON.");
  expect(labels()).toEqual(["Decide later", "Show the file as text", "Save mine as…", "Keep mine"]);
  await press("Show the file as text");
  expect([did, notebook.comparing.value]).toEqual([["a.ipynb as text: The file is not JSON."], false]);
});

test("a file that is a notebook can be taken", async () => {
  await show("");
  expect(labels()).toContain("Take the file's version");
  await press("Take the file's version");
  await press("Save mine as…");
  await press("Keep mine");
  expect(did).toEqual(["document.reload", "file.save-as", "document.overwrite"]);
});

test("a file that cannot be read, or is no text, says so beside the user's own", async () => {
  answers["files/a.ipynb"] = () => refused(403, "a.ipynb may not be read by you.");
  await show("a.ipynb may not be read by you.");
  await vi.waitFor(() => expect(text()).toContain("The file cannot be read: a.ipynb may not be read by you."));
  expect(text()).toContain('− "cells": [mine]');
  answers["files/a.ipynb"] = () => new Response(new Uint8Array([0x80, 0x61]));
  await act(() => changed("Not UTF-8."));
  await vi.waitFor(() => expect(text()).toContain("The file is not text in UTF-8"));
  expect(text()).toContain("+ \ufffda");
});

test("it goes when the file has been put right meanwhile", async () => {
  await show("The file is not JSON.");
  server.say({ type: "document", state: "saved", message: "", at: null, path: "a.ipynb", writable: true });
  await vi.waitFor(() => expect(notebook.comparing.value).toBe(false));
});

test("what the file held is kept in a copy before it is replaced", async () => {
  await keepMine(notebook);
  expect(server.asked.map(({ type }) => type)).toEqual(["overwrite"]);
  expect(notebook.store.notice.value?.message).toBe("What the file held is in a-Copy1.ipynb.");
});

test("what cannot be kept is not replaced; what is not there any more need not be", async () => {
  answers["contents"] = () => refused(507, "The disk is full.");
  await keepMine(notebook);
  expect([server.asked, notebook.store.notice.value?.message]).toEqual([[], expect.stringContaining("disk is full")]);
  answers["contents"] = () => refused(404, "a.ipynb does not exist any more.");
  await keepMine(notebook);
  expect(server.asked.map(({ type }) => type)).toEqual(["overwrite"]);
});
