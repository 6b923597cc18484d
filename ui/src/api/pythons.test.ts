import { afterEach, expect, test, vi } from "vitest";
import { makeEnvironment, parseKernel, parsePythons } from "./pythons";

afterEach(() => vi.unstubAllGlobals());

const KERNEL = {
  name: "python3.12-study",
  display_name: "Python 3.12 (study)",
  executable: "/p",
  command: "/p -m pip",
};

function answering(...lines: readonly object[]): void {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const at = Math.floor(text.length / 2); // pieces end anywhere
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of [text.slice(0, at), text.slice(at)]) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body)));
}

test("the answers of the server are read", () => {
  expect(parsePythons({ pythons: [{ executable: "/usr/bin/python3" }], environment: "/srv/.venv" })).toEqual({
    pythons: ["/usr/bin/python3"],
    environment: "/srv/.venv",
  });
  expect(parseKernel(KERNEL).displayName).toBe("Python 3.12 (study)");
  expect(() => parsePythons([])).toThrow("not an object");
});

test("an environment tells its lines as they come, and is a kernel in the end", async () => {
  answering({ line: "Creating /srv/.venv" }, { line: "Installing ipykernel" }, KERNEL);
  const told: string[] = [];
  const made = await makeEnvironment({ folder: "/srv/.venv" }, (line) => told.push(line), new AbortController().signal);
  expect(told).toEqual(["Creating /srv/.venv", "Installing ipykernel"]);
  expect(made.name).toBe("python3.12-study");
});

test("one that cannot be made says why", async () => {
  answering({ line: "Creating /srv/.venv" }, { error: "The disk is full." });
  const made = makeEnvironment({ folder: "/srv/.venv" }, () => undefined, new AbortController().signal);
  await expect(made).rejects.toThrow("The disk is full.");
});
