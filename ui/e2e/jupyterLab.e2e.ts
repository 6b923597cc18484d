/** JupyterLab's own client of a server, unchanged, with ours: what it asks for, it gets. */
import { type Contents, type Event, KernelMessage } from "@jupyterlab/services";
import { expect } from "vitest";
import { type Form, JupyterLab, printed, run } from "./jupyterLab";
import { story } from "./stories";

const FORMS: readonly Form[] = ["v1.kernel.websocket.jupyter.org", "JSON"];

const lab = story.extend<{ client: JupyterLab }>({
  client: async ({ application }, use) => {
    const client = new JupyterLab(application);
    await use(client);
    await client.end();
  },
});

const names = (folder: Contents.IModel): string[] =>
  (folder.content as readonly Contents.IModel[]).map(({ name }) => name);

lab("its services are ready: kernelspecs, sessions, the folder", async ({ client, application }) => {
  application.copyExample("welcome.ipynb");
  await client.services.ready;

  expect(client.services.kernelspecs.specs?.default).toBe("python3");
  expect(client.services.kernelspecs.specs?.kernelspecs["python3"]?.language).toBe("python");
  expect([...client.services.sessions.running()]).toEqual([]);
  expect(names(await client.services.contents.get(""))).toEqual(["welcome.ipynb"]);
});

lab("files and notebooks are made, saved, read, renamed, copied and deleted", async ({ client, application }) => {
  const { contents } = client.services;
  const made = await contents.newUntitled({ path: "", type: "notebook" });
  const folder = await contents.newUntitled({ path: "", type: "directory" });
  const notebook = (await contents.get(made.path)).content as { cells: unknown[] };
  notebook.cells.push({ cell_type: "markdown", id: "a", metadata: {}, source: "# Title" });
  const saved = await contents.save(made.path, { type: "notebook", format: "json", content: notebook });
  const moved = await contents.rename(made.path, `${folder.path}/n & m.ipynb`);
  const copied = await contents.copy(moved.path, folder.path);
  await contents.save("text.txt", { type: "file", format: "text", content: "ä\n" });
  await contents.save("bytes.bin", { type: "file", format: "base64", content: "AAH/" });

  expect(saved.last_modified).toBe(moved.last_modified);
  expect(names(await contents.get(folder.path))).toEqual([copied.name, moved.name].sort());
  expect((await contents.get(moved.path)).content).toEqual(notebook);
  expect((await contents.get("text.txt", { content: true, type: "file", format: "text" })).content).toBe("ä\n");
  expect((await contents.get("bytes.bin", { content: true, format: "base64" })).content).toBe("AAH/");
  const download = await fetch(await contents.getDownloadUrl("text.txt"), {
    headers: { Authorization: `token ${client.settings.token}` },
  });
  expect(await download.text()).toBe("ä\n");
  await contents.delete(copied.path);
  expect(application.has(copied.path)).toBe(false);
  await expect(contents.get("missing.ipynb")).rejects.toThrow(/missing.ipynb/);
});

lab("checkpoints are made, listed, restored and deleted", async ({ client }) => {
  const { contents } = client.services;
  const text = async (): Promise<unknown> =>
    (await contents.get("c.txt", { content: true, type: "file", format: "text" })).content;
  await contents.save("c.txt", { type: "file", format: "text", content: "first" });
  const made = await contents.createCheckpoint("c.txt");
  await contents.save("c.txt", { type: "file", format: "text", content: "second" });

  expect((await contents.listCheckpoints("c.txt")).map(({ id }) => id)).toEqual([made.id]);
  await contents.restoreCheckpoint("c.txt", made.id);
  expect(await text()).toBe("first");
  await contents.deleteCheckpoint("c.txt", made.id);
  expect((await contents.listCheckpoints("c.txt")).map(({ id }) => id)).not.toContain(made.id);
});

lab("what is done to files is heard, and what a client tells", async ({ client }) => {
  const { contents, events } = client.services;
  const heard: Event.Emission[] = [];
  events.stream.connect((_, event) => void heard.push(event));
  await expect.poll(async () => (await contents.get("", { content: false }), heard.length)).toBeGreaterThan(0);
  await contents.save("e.txt", { type: "file", format: "text", content: "" });
  await contents.rename("e.txt", "f.txt");
  const schema_id = "https://events.jupyter.org/jupyter_server/contents_service/v1";
  await events.emit({ schema_id, version: "1", data: { action: "upload", path: "g.txt" } });

  await expect
    .poll(() => heard.slice(-3))
    .toEqual([
      { schema_id, action: "save", path: "e.txt" },
      { schema_id, action: "rename", path: "f.txt", source_path: "e.txt" },
      { schema_id, action: "upload", path: "g.txt" },
    ]);
});

for (const form of FORMS) {
  story(`code runs, prints, shows, asks and fails (${form})`, async ({ application }) => {
    const client = new JupyterLab(application, form);
    const { kernel } = await client.start("n.ipynb");
    const asked = await run(kernel, "name = input('Who? ')\nprint('Hello', name)\n6 * 7", "Ada");
    const shown = await run(kernel, "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))");
    const failed = await run(kernel, "1 / 0");

    expect(client.protocols).toContain(form === "JSON" ? "" : form);
    expect(printed(asked)).toBe("Hello Ada\n");
    expect(asked.reply.content).toMatchObject({ status: "ok", execution_count: 1 });
    expect(asked.iopub.map(({ header }) => header.msg_type)).toEqual([
      "status",
      "execute_input",
      "stream",
      "execute_result",
      "status",
    ]);
    expect(asked.iopub[3]?.content).toMatchObject({ data: { "text/plain": "42" } });
    expect(shown.iopub.find(({ header }) => header.msg_type === "display_data")?.content).toMatchObject({
      data: { "text/html": "<b>x</b>" },
    });
    expect(failed.reply.content).toMatchObject({ status: "error", ename: "ZeroDivisionError" });
    await client.end();
  });

  story(`comms are opened from both sides, with buffers (${form})`, async ({ application }) => {
    const client = new JupyterLab(application, form);
    const { kernel } = await client.start("n.ipynb");
    const heard: { data: unknown; buffers: number[][] }[] = [];
    const bytes = (message: KernelMessage.IMessage): number[][] =>
      (message.buffers ?? []).map((buffer) => [...bytesOf(buffer)]);
    const note = (message: KernelMessage.ICommMsgMsg | KernelMessage.ICommOpenMsg): void =>
      void heard.push({ data: message.content.data, buffers: bytes(message) });
    kernel.registerCommTarget("page", (comm, opening) => {
      comm.onMsg = note;
      note(opening);
    });
    await run(kernel, ECHO);
    const comm = kernel.createComm("echo");
    comm.onMsg = note;
    await comm.open({ n: 1 }, {}, [Uint8Array.of(1, 2, 255).buffer]).done;
    await comm.send({ n: 2 }, {}, [Uint8Array.of(3, 0, 4).buffer, new ArrayBuffer(0)]).done;
    await run(kernel, "from comm import create_comm\ncreate_comm('page', {'n': 3}, buffers=[b'\\x05\\x00'])");

    expect(heard).toEqual([
      { data: { n: 1 }, buffers: [[255, 2, 1]] },
      { data: { n: 2 }, buffers: [[4, 0, 3], []] },
      { data: { n: 3 }, buffers: [[5, 0]] },
    ]);
    await client.end();
  });

  story(
    `a socket that is cut comes back, and what was running is heard to its end (${form})`,
    async ({ application }) => {
      const client = new JupyterLab(application, form);
      const { kernel } = await client.start("n.ipynb");
      application.write("go", "");
      const future = kernel.requestExecute({ code: WAITING });
      const states: string[] = [];
      const texts = new Map<string, string>(); // by msg_id: what had just arrived may come again
      future.onIOPub = (message) => {
        if (KernelMessage.isStreamMsg(message)) texts.set(message.header.msg_id, message.content.text);
      };
      await expect.poll(() => [...texts.values()]).toEqual(["begun\n"]);
      kernel.connectionStatusChanged.connect((_, state) => void states.push(state));
      client.cut();
      application.remove("go");
      await expect.poll(() => states).toEqual(["connecting", "connected"]);

      expect((await future.done).content.status).toBe("ok");
      expect([...texts.values()]).toEqual(["begun\n", "ended\n"]);
      expect(printed(await run(kernel, "print(known)"))).toBe("42\n");
      await client.end();
    },
  );
}

lab("a kernel is interrupted, and restarted without what it knew", async ({ client }) => {
  const { kernel } = await client.start("n.ipynb");
  await run(kernel, "known = 1");
  const sleeping = run(kernel, "import time\nprint('asleep', flush=True)\ntime.sleep(600)");
  await expect.poll(() => kernel.status).toBe("busy");
  await kernel.interrupt();
  expect((await sleeping).reply.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });

  await kernel.restart();
  const after = await run(kernel, "known");

  expect(after.reply.content).toMatchObject({ status: "error", ename: "NameError", execution_count: 1 });
});

lab("a kernel completes, inspects, remembers and knows itself", async ({ client }) => {
  const { kernel } = await client.start("n.ipynb");
  await run(kernel, "longer_name = 1");
  const completed = await kernel.requestComplete({ code: "longer_n", cursor_pos: 8 });
  const inspected = await kernel.requestInspect({ code: "longer_name", cursor_pos: 3, detail_level: 0 });
  const history = await kernel.requestHistory({
    output: false,
    raw: true,
    hist_access_type: "tail",
    n: 1,
  });
  const complete = await kernel.requestIsComplete({ code: "for x in y:" });
  const comms = await kernel.requestCommInfo({});

  expect(completed.content).toMatchObject({ status: "ok", matches: ["longer_name"] });
  expect(JSON.stringify(inspected.content)).toContain("int");
  expect(JSON.stringify(history.content)).toContain("longer_name = 1");
  expect(complete.content.status).toBe("incomplete");
  expect(comms.content).toMatchObject({ status: "ok", comms: {} });
  expect((await kernel.info).language_info.name).toBe("python");
});

lab("a session is renamed, gets another kernel, and ends with it", async ({ client }) => {
  const { session, kernel } = await client.start("n.ipynb");
  const first = kernel.id;
  await session.setPath("m.ipynb");
  await session.setName("m");
  const other = await session.changeKernel({ name: "python3" });
  await client.services.sessions.refreshRunning();
  const running = await client.services.sessions.findById(session.id);

  expect(running).toMatchObject({ path: "m.ipynb", name: "m", kernel: { id: other?.id } });
  expect(other?.id).not.toBe(first);
  await session.shutdown();
  await client.services.sessions.refreshRunning();
  await client.services.kernels.refreshRunning();
  expect([...client.services.sessions.running()]).toEqual([]);
  expect([...client.services.kernels.running()]).toEqual([]);
});

/** Answers with the same bytes, backwards. */
const ECHO = `
def answer(comm, message):
    comm.send(message["content"]["data"], buffers=[bytes(reversed(bytes(one))) for one in message["buffers"]])

def opened(comm, message):
    comm.on_msg(lambda message: answer(comm, message))
    answer(comm, message)

get_ipython().kernel.comm_manager.register_target("echo", opened)
`;

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}

/** Prints, and once more when the file has gone. */
const WAITING = `
import os, time
known = 42
print("begun", flush=True)
while os.path.exists("go"):
    time.sleep(0.01)
print("ended")
`;
