import { expect, test, vi } from "vitest";
import { NotebookWidgets } from "./notebookWidgets";

const ALL = { type: "widgets", begins: true, more: false, seen: 0, models: [], closed: [] };

function widgets(said: object[] = []): NotebookWidgets {
  return new NotebookWidgets(
    (message) => said.push(message) > 0,
    () => ({}),
    () => "python3",
  );
}

test("what shows widgets is loaded once, with the first of them, and asks what there is", async () => {
  const said: object[] = [];
  const ours = widgets(said);
  ours.connected();
  ours.hear(ALL);
  expect([ours.shown.value, said]).toEqual([null, []]);
  await Promise.all([ours.load(), ours.load()]);
  expect(said).toEqual([{ type: "widgets" }]);
  ours.connected();
  expect(said).toHaveLength(2);
  ours.close();
});

test("they are ready when all that there is has been said", async () => {
  const ours = widgets();
  await ours.load();
  let isReady = false;
  const ready = ours.ready().then(() => (isReady = true));
  await Promise.resolve();
  expect(isReady).toBe(false);
  ours.hear(ALL);
  await ready;
  expect(ours.shown.value?.store.isComplete.value).toBe(true);
  await ours.ready(); // as they are already
});

test("what makes no sense is for the log", async () => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  const ours = widgets();
  await ours.load();
  ours.hear({ type: "widgets", models: 5 });
  expect(log).toHaveBeenCalledOnce();
});
