import { render } from "preact";
import { expect, test } from "vitest";
import { foreign } from "../i18n/foreign";
import { FromServer } from "./FromServer";

function shown(text: string): string {
  const root = document.createElement("div");
  render(<FromServer text={text} />, root);
  return root.innerHTML;
}

test("what is not in the language of the page is marked as English", () => {
  expect(shown(`Nicht gespeichert: ${foreign("Input/output error")}.`)).toBe(
    'Nicht gespeichert: <span lang="en">Input/output error</span>.',
  );
  expect(shown(foreign("Killed"))).toBe('<span lang="en">Killed</span>');
});

test("what is, is text alone", () => {
  expect(shown("Kein Platz mehr.")).toBe("Kein Platz mehr.");
});
