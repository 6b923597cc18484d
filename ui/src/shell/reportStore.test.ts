import { expect, test } from "vitest";
import { ERROR_LIMIT, logText, ReportStore, versionsText } from "./reportStore";

const REPORT = { versions: [["Adrastea", "0.1.0"]], log: "one\ntwo\n" } as const;

test("the report is asked for anew each time", async () => {
  let asked = 0;
  const store = new ReportStore(() => Promise.resolve({ ...REPORT, log: String(++asked) }));
  await store.refresh();
  await store.refresh();
  expect(store.report.value).toMatchObject({ at: "ready", report: { log: "2" } });
});

test("a server that does not answer is told", async () => {
  const store = new ReportStore(() => Promise.reject(new Error("The server does not answer.")));
  await store.refresh();
  expect(store.report.value).toEqual({ at: "failed", message: "The server does not answer." });
});

test("the last errors of the page are kept, with where they came from and without the query of an address", () => {
  const store = new ReportStore(() => Promise.resolve(REPORT));
  for (let n = 0; n <= ERROR_LIMIT; n += 1) {
    const error = new TypeError(`no ${n}`);
    error.stack = "TypeError: x\n    at f (http://127.0.0.1:1/assets/a.js?token=hush:1:2)";
    store.note(error);
  }
  expect(store.errors.value.length).toBe(ERROR_LIMIT);
  expect(store.errors.value.at(-1)).toBe(`TypeError: no ${ERROR_LIMIT}\n  at f (http://127.0.0.1:1/assets/a.js:1:2)`);
});

test("what is thrown and is no error is named by its kind only: it may be anything", () => {
  const store = new ReportStore(() => Promise.resolve(REPORT));
  store.note("x = 'user code'");
  expect(store.errors.value).toEqual(["string"]);
});

test("versions and log become texts to copy", () => {
  expect(versionsText([...REPORT.versions, ["Kernels", "python3"]])).toBe("Adrastea: 0.1.0\nKernels: python3");
  expect(logText(REPORT.log, [])).toBe("one\ntwo");
  expect(logText(REPORT.log, ["TypeError: x"])).toBe("one\ntwo\nErrors on this page:\nTypeError: x");
  expect(logText("", [])).toBe("");
});
