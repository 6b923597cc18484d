import { expect, test } from "vitest";
import type { PythonKernel } from "../../api/pythons";
import { KernelSetupStore, type PythonsApi } from "./kernelSetupStore";

const KERNEL: PythonKernel = {
  name: "study",
  displayName: "Python 3.12 (study)",
  executable: "/p",
  command: "/p -m pip",
};

function storeOf(api: Partial<PythonsApi>) {
  const done: PythonKernel[] = [];
  const all: PythonsApi = {
    listPythons: () => Promise.resolve({ pythons: ["/p"], environment: "/srv/.venv" }),
    useAsKernel: () => Promise.resolve(KERNEL),
    makeEnvironment: () => Promise.resolve(KERNEL),
    ...api,
  };
  return {
    done,
    store: new KernelSetupStore(
      () => Promise.resolve(all),
      "",
      (kernel) => done.push(kernel),
    ),
  };
}

test("a Python with ipykernel is a kernel at once", async () => {
  const { done, store } = storeOf({});
  await store.use(" /p ");
  expect(done).toEqual([KERNEL]);
});

test("one without says so, with what installs it", async () => {
  const bare = { ...KERNEL, name: "" };
  const { done, store } = storeOf({ useAsKernel: () => Promise.resolve(bare) });
  await store.use("/p");
  expect(store.stage.value).toEqual({ at: "bare", python: bare });
  expect(done).toEqual([]);
});

test("a refusal stands in the form", async () => {
  const { store } = storeOf({ useAsKernel: () => Promise.reject(new Error("There is no file /p.")) });
  await store.use("/p");
  expect(store.stage.value).toEqual({ at: "form", problem: "There is no file /p." });
});

test("what is printed while an environment is made is shown, and kept when it fails", async () => {
  const { store } = storeOf({
    makeEnvironment: (_wish, tell) => {
      tell("Creating");
      return Promise.reject(new Error("The disk is full."));
    },
  });
  await store.make({ folder: "/srv/.venv" });
  expect(store.stage.value).toEqual({ at: "failed", message: "The disk is full.", lines: ["Creating"] });
});

test("given up, it is the form again, and nothing of it is heard any more", async () => {
  let end = (): void => undefined;
  const { done, store } = storeOf({
    makeEnvironment: (_wish, _tell, signal) =>
      new Promise((resolve) => {
        end = () => resolve(KERNEL);
        signal.addEventListener("abort", end);
      }),
  });
  const made = store.make({ folder: "/srv/.venv" });
  await Promise.resolve();
  expect(store.stage.value.at).toBe("working");
  await Promise.resolve();
  store.cancel();
  end();
  await made;
  expect(store.stage.value.at).toBe("form");
  expect(done).toEqual([]);
});
