import { expect, test } from "vitest";
import { DialogsStore } from "./dialogsStore";

test("the answer is the value of the choice, and the question is gone", async () => {
  const store = new DialogsStore();
  const answer = store.ask("Restart?", "", [{ label: "Restart", value: "restart" }]);
  store.open.value[0]?.answer("restart", "");
  expect(await answer).toBe("restart");
  expect(store.open.value).toEqual([]);
});

test("questions wait for one another", async () => {
  const store = new DialogsStore();
  const first = store.ask("One?", "", []);
  void store.ask("Two?", "", []);
  expect(store.open.value.map((question) => question.title)).toEqual(["One?", "Two?"]);
  store.open.value[0]?.answer(null, "");
  expect(await first).toBeNull();
  expect(store.open.value.map((question) => question.title)).toEqual(["Two?"]);
});

test("an empty line is no answer", async () => {
  const store = new DialogsStore();
  const answer = store.askText("Save as", "Name", "a.ipynb", "Save");
  store.open.value[0]?.answer("ok", "   ");
  expect(await answer).toBeNull();
});

test("a line comes back without the spaces around it", async () => {
  const store = new DialogsStore();
  const answer = store.askText("Save as", "Name", "a.ipynb", "Save");
  store.open.value[0]?.answer("ok", " b.ipynb ");
  expect(await answer).toBe("b.ipynb");
});
