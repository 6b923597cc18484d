import { expect, test } from "vitest";
import type { Command } from "../design/command";
import { fuzzy, paletteRows } from "./palette";

function command(title: string, category = "Run", enabled = true): Command {
  return { id: title, title, category, enabled: () => enabled, run: () => undefined };
}

function titles(query: string, commands: readonly Command[], used: readonly string[] = []) {
  return paletteRows(query, commands, used).map((row) => row.command.title);
}

test("every character must be there, in order", () => {
  expect(fuzzy("rab", "Run all below")).not.toBeNull();
  expect(fuzzy("bar", "Run all below")).toBeNull();
  expect(fuzzy("runx", "Run")).toBeNull();
});

test("beginnings of words are found first", () => {
  expect(fuzzy("rab", "Run all below")?.at).toEqual([0, 4, 8]);
  expect(fuzzy("save", "Keep mine and save")?.at).toEqual([14, 15, 16, 17]);
});

test("case and spaces do not matter", () => {
  expect(fuzzy("RUN ALL", "Run all above")?.at).toEqual([0, 1, 2, 4, 5, 6]);
});

test("a run of neighbours beats characters strewn about", () => {
  const commands = [command("Restart under new name"), command("Run cell")];
  expect(titles("run", commands)[0]).toBe("Run cell");
});

test("the shorter title wins a tie", () => {
  expect(titles("run all", [command("Run all above"), command("Run all")])).toEqual(["Run all", "Run all above"]);
});

test("nothing typed shows what was used last first", () => {
  const commands = [command("A"), command("B"), command("C")];
  expect(titles("", commands, ["C", "B"])).toEqual(["C", "B", "A"]);
});

test("the category finds a command too, after those whose title fits", () => {
  const commands = [command("Restart", "Kernel"), command("Change kernel", "Kernel"), command("Save", "File")];
  expect(titles("kernel", commands)).toEqual(["Change kernel", "Restart"]);
});

test("what cannot run now comes last and says so", () => {
  const rows = paletteRows("run", [command("Run", "Run", false), command("Run all below")], ["Run"]);
  expect(rows.map((row) => [row.command.title, row.enabled])).toEqual([
    ["Run all below", true],
    ["Run", false],
  ]);
});

test("at most fifty rows are shown", () => {
  expect(
    titles(
      "",
      Array.from({ length: 80 }, (_, number) => command(`Command ${number}`)),
    ),
  ).toHaveLength(50);
});
