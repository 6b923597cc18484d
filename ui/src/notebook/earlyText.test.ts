import { expect, test } from "vitest";
import { type EditedText, lineStart, withKey } from "./earlyText";

/** `|` is the caret; `[` is the other end of a selection. */
function read(shown: string): EditedText {
  const source = shown.replace(/[|[]/g, "");
  const head = shown.replace("[", "").indexOf("|");
  return { source, head, anchor: shown.includes("[") ? shown.replace("|", "").indexOf("[") : head };
}

function show({ source, anchor, head }: EditedText): string {
  const marks = anchor === head ? [[head, "|"] as const] : [[anchor, "["] as const, [head, "|"] as const];
  return marks
    .sort(([a], [b]) => b - a)
    .reduce((text, [at, mark]) => text.slice(0, at) + mark + text.slice(at), source);
}

function press(shown: string, ...keys: readonly string[]): string | null {
  let text: EditedText | null = read(shown);
  for (const name of keys) {
    const parts = name.split("+");
    const held = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
    const modifiers = { ctrlKey: held("Ctrl"), shiftKey: held("Shift"), altKey: held("Alt"), metaKey: held("Meta") };
    text = text && withKey(text, new KeyboardEvent("keydown", { key: parts.at(-1) ?? "", ...modifiers }));
  }
  return text && show(text);
}

test.each<[string, readonly string[], string]>([
  ["|", ["a", "b", "Home", "Enter", "c", "Backspace"], "\n|ab"],
  ["one|", [" ", "Shift+T"], "one T|"],
  ["|", ["Ctrl+Alt+@"], "@|"],
  ["  if x:|", ["Enter", "y"], "  if x:\n  y|"],
  ["| two", ["Enter"], "\n| two"],
  ["[one| two", ["x"], "x| two"],
  ["o|ne two[", ["Delete"], "o|"],
  ["one|", ["Backspace", "Backspace"], "o|"],
  ["|", ["Backspace", "Delete"], "|"],
  ["a😀|", ["Backspace"], "a|"],
  ["a|😀b", ["ArrowRight", "ArrowRight"], "a😀b|"],
  ["one two|", ["Ctrl+Backspace"], "one |"],
  ["|one two", ["Ctrl+Delete"], "| two"],
  ["one two|", ["Ctrl+ArrowLeft", "Ctrl+ArrowLeft", "Ctrl+ArrowLeft"], "|one two"],
  ["|one two", ["Ctrl+ArrowRight", "Ctrl+ArrowRight"], "one two|"],
  ["one\ntwo|\nthree", ["Home"], "one\n|two\nthree"],
  ["one\nt|wo\nthree", ["End"], "one\ntwo|\nthree"],
  ["one\nt|wo\nthree", ["Ctrl+Home"], "|one\ntwo\nthree"],
  ["one\nt|wo\nthree", ["Ctrl+End", "0"], "one\ntwo\nthree0|"],
  ["one\ntwo\nthree|", ["ArrowUp"], "one\ntwo|\nthree"],
  ["on|e\ntwo", ["ArrowUp"], "|one\ntwo"],
  ["\n\nx|", ["ArrowUp", "ArrowUp", "ArrowDown"], "\n|\nx"],
  ["on|e\ntwo", ["ArrowDown"], "one\ntw|o"],
  ["one\nt|wo", ["ArrowDown"], "one\ntwo|"],
  ["one\nt|wo", ["PageUp"], "|one\ntwo"],
  ["o|ne\ntwo", ["PageDown"], "one\ntwo|"],
  ["one|", ["Shift+ArrowLeft", "Shift+ArrowLeft"], "o|ne["],
  ["|one\ntwo", ["Shift+End"], "[one|\ntwo"],
  ["o|ne[", ["ArrowRight"], "one|"],
  ["o[n|e", ["ArrowLeft"], "o|ne"],
  ["o|ne", ["Ctrl+a", "x"], "x|"],
  ["o|ne", ["Meta+a"], "[one|"],
])("%j, %j: %j", (before, keys, after) => expect(press(before, ...keys)).toBe(after));

test.each(["Escape", "F1", "Tab", "Ctrl+Enter", "Shift+Enter", "Meta+s", "Ctrl+s", "Alt+x", "Ctrl+ArrowUp", "Shift"])(
  "%s is not for the text",
  (key) => expect(press("one|", key)).toBeNull(),
);

test("what a composition is made of is not for the text", () => {
  expect(withKey(read("|"), new KeyboardEvent("keydown", { key: "a", isComposing: true }))).toBeNull();
});

test.each([
  ["one\ntwo", 1, 0],
  ["one\ntwo", 2, 4],
  ["one\ntwo", 9, 4],
  ["", 3, 0],
])("of %j, line %i begins at %i", (source, line, position) => expect(lineStart(source, line)).toBe(position));
