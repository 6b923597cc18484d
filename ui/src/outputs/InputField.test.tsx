import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InputField } from "./InputField";

let root: HTMLElement;
let done: string[];

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  done = [];
});

afterEach(() => {
  void act(() => render(null, root));
  root.remove();
});

function show(prompt: string, password = false): HTMLInputElement {
  const field = (
    <InputField
      prompt={prompt}
      password={password}
      onSubmit={(value) => done.push(value)}
      onCancel={() => done.push("cancelled")}
    />
  );
  void act(() => render(field, root));
  const input = root.querySelector("input");
  if (input === null) throw new Error("no field");
  return input;
}

function press(input: HTMLInputElement, key: string): void {
  input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

test("the field has the focus and is named by the prompt", () => {
  const input = show("Your name? ");
  expect(document.activeElement).toBe(input);
  expect(input.labels?.[0]?.textContent).toBe("Your name? ");
});

test("without a prompt it still has a name", () => {
  expect(show("").labels?.[0]?.textContent).toBe("The kernel asks for input");
});

test("Enter sends what was typed, an empty line too", () => {
  const input = show("? ");
  input.value = "Ada";
  press(input, "Enter");
  input.value = "";
  press(input, "Enter");
  expect(done).toEqual(["Ada", ""]);
});

test("Escape interrupts", () => {
  press(show("? "), "Escape");
  expect(done).toEqual(["cancelled"]);
});

test("a password is masked", () => expect(show("Password: ", true).type).toBe("password"));

test("keys stay in the field", () => {
  const input = show("? ");
  const heard: string[] = [];
  root.addEventListener("keydown", (event) => heard.push(event.key));
  press(input, "d");
  expect(heard).toEqual([]);
});
