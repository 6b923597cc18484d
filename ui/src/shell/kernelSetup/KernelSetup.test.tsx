import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PythonKernel } from "../../api/pythons";
import { KernelSetup } from "./KernelSetup";
import type { PythonsApi } from "./kernelSetupStore";

const BARE: PythonKernel = {
  name: "",
  displayName: "Python 3.9 (/usr)",
  executable: "/usr/bin/python3",
  command: "pip!",
};
let root: HTMLElement;

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
});

afterEach(() => {
  vi.unstubAllGlobals();
  render(null, root);
  root.remove();
});

async function show(what: "interpreter" | "environment", api: Partial<PythonsApi>): Promise<void> {
  const all: PythonsApi = {
    listPythons: () => Promise.resolve({ pythons: ["/usr/bin/python3"], environment: "/srv/.venv" }),
    useAsKernel: () => Promise.resolve(BARE),
    makeEnvironment: () => new Promise(() => undefined),
    ...api,
  };
  const nothing = (): void => undefined;
  await act(() =>
    render(
      <KernelSetup
        what={what}
        api={() => Promise.resolve(all)}
        folder=""
        browse={null}
        done={nothing}
        close={nothing}
      />,
      root,
    ),
  );
}

const heading = () => root.querySelector("dialog h2")?.textContent;
const press = (label: string) =>
  act(() => [...root.querySelectorAll("button")].find((one) => one.textContent === label)!.click());

test("a Python without ipykernel: the command, or a button; where pip may not, an environment is offered", async () => {
  const copied: string[] = [];
  const refused = new Error("This Python belongs to the operating system.");
  await show("interpreter", { makeEnvironment: () => Promise.reject(refused) });
  await vi.waitFor(() => expect(root.querySelectorAll("[type=radio]")).toHaveLength(1));
  await act(() => root.querySelector<HTMLInputElement>("[type=radio]")!.click());
  await press("Use this Python");
  await vi.waitFor(() => expect(root.querySelector("pre")?.textContent).toBe("pip!"));
  vi.stubGlobal("navigator", { clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
  await press("Copy command");
  await vi.waitFor(() => expect(root.textContent).toContain("Copied"));
  expect(copied).toEqual(["pip!"]);
  await press("Install ipykernel");
  await vi.waitFor(() => expect(heading()).toBe("ipykernel could not be installed"));
  await press("Create environment…");
  expect(heading()).toBe("Create an environment");
});

test("an environment is proposed beside the notebooks, and what it takes is told while it is made", async () => {
  const wishes: unknown[] = [];
  await show("environment", {
    makeEnvironment: (wish, tell) => {
      wishes.push(wish);
      tell("Creating /srv/.venv");
      return new Promise(() => undefined);
    },
  });
  await vi.waitFor(() => expect(root.querySelector("input")?.value).toBe("/srv/.venv"));
  await press("Create environment");
  await vi.waitFor(() => expect(root.querySelector("pre")?.textContent).toBe("Creating /srv/.venv"));
  expect(wishes).toEqual([{ folder: "/srv/.venv" }]);
  expect(heading()).toBe("Creating the environment");
});
