import { expect, test } from "vitest";
import { Events } from "./events";

test("listeners hear their names, in order, until they leave", () => {
  const events = new Events();
  const heard: string[] = [];
  const one = (value: string) => heard.push(`one ${value}`);
  events.on("a b", one).on("all", (name: string) => heard.push(name));
  events.trigger("a", "1").trigger("b", "2").trigger("c");
  events.off("a", one).trigger("a", "3");
  expect(heard).toEqual(["one 1", "a", "one 2", "b", "c", "a"]);
});

test("one can leave by context, and all at once", () => {
  const events = new Events();
  const heard: number[] = [];
  const context = { own: 7 };
  events.on("a", function (this: typeof context) { heard.push(this.own); }, context); // prettier-ignore
  events.on({ a: () => heard.push(1) });
  events.trigger("a").off(null, null, context).trigger("a").off().trigger("a");
  expect(heard).toEqual([7, 1, 1]);
});

test("once is once, and who listens to another can stop all of it", () => {
  const [mine, theirs] = [new Events(), new Events()];
  const heard: string[] = [];
  theirs.once("a", () => heard.push("once"));
  mine.listenTo(theirs, "a b", () => heard.push("mine"));
  mine.listenToOnce(theirs, "b", () => heard.push("first b"));
  theirs.trigger("a b a");
  mine.stopListening().stopListening(theirs, "x");
  theirs.trigger("a b");
  expect(heard).toEqual(["once", "mine", "mine", "first b", "mine"]);
});
