import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { type Command, CommandRegistry } from "./commands";

function command(id: string, run: Command["run"] = () => undefined, enabled = true): Command {
  return { id, title: `Title of ${id}`, category: "Test", enabled: () => enabled, run };
}

function registry(more: Partial<ConstructorParameters<typeof CommandRegistry>[0]> = {}): CommandRegistry {
  return new CommandRegistry({
    shell: () => [],
    document: () => [],
    confirm: () => true,
    failed: (failed, reason) => {
      throw new Error(`${failed.id}: ${reason}`);
    },
    used: [],
    remember: () => undefined,
    ...more,
  });
}

test("a command starts at once when nothing is asked", () => {
  const ran: string[] = [];
  void registry({ shell: () => [command("a", () => void ran.push("a"))] }).run("a");
  expect(ran).toEqual(["a"]);
});

test("a command that is unknown or disabled is not run and says so", async () => {
  const commands = registry({ shell: () => [command("off", () => expect.unreachable(), false)] });
  expect(await commands.run("off")).toBe(false);
  expect(await commands.run("nothing")).toBe(false);
});

test("a question that is answered with no leaves everything as it was", async () => {
  const commands = registry({
    shell: () => [command("a", () => expect.unreachable())],
    confirm: () => Promise.resolve(false),
  });
  expect(await commands.run("a")).toBe(false);
});

test("a command that will only say why it cannot is not asked about", async () => {
  const ran: string[] = [];
  const refused: Command = { ...command("a", () => void ran.push("a")), refusal: () => "Offline." };
  await registry({ shell: () => [refused], confirm: () => expect.unreachable() }).run("a");
  expect(ran).toEqual(["a"]);
});

test("a failing command tells its reason", async () => {
  const told: string[] = [];
  const commands = registry({
    shell: () => [command("a", () => Promise.reject(new Error("the disk is full")))],
    failed: (failed, reason) => void told.push(`${failed.title}: ${reason}`),
  });
  await commands.run("a");
  expect(told).toEqual(["Title of a: the disk is full"]);
});

test("the commands of the active document come and go with it", () => {
  const active = signal<readonly Command[]>([]);
  const commands = registry({ shell: () => [command("shell")], document: () => active.value });
  expect(commands.find("notebook.run")).toBeUndefined();
  active.value = [command("notebook.run")];
  expect(commands.all.value.map((one) => one.id)).toEqual(["notebook.run", "shell"]);
});

test("a document's command replaces the shell's of the same id", () => {
  const own = command("file.save-as");
  const commands = registry({ shell: () => [command("file.save-as")], document: () => [own] });
  expect(commands.find("file.save-as")).toBe(own);
});

test("what was picked last stands first, once", () => {
  let kept: readonly string[] = [];
  const commands = registry({ used: ["a", "b"], remember: (used) => (kept = used) });
  commands.noteUse("b");
  expect(kept).toEqual(["b", "a"]);
});
