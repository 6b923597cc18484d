import { expect, test } from "vitest";
import { readAddress } from "./address";

test("paths come out in order, each once, and the token is gone", () => {
  const { paths, clean } = readAddress(
    "http://127.0.0.1:8/base/?token=s3cret&path=a%20b.ipynb&path=/x/y.py&path=x/y.py",
  );
  expect(paths).toEqual(["a b.ipynb", "x/y.py"]);
  expect(clean).toBe("http://127.0.0.1:8/base/");
});

test("other parameters and the fragment stay", () => {
  expect(readAddress("http://localhost/?theme=dark&path=a.ipynb#cell").clean).toBe("http://localhost/?theme=dark#cell");
});

test("a path that leaves the root is passed on as it is, so that it can be refused by name", () => {
  expect(readAddress("http://localhost/?path=../x").paths).toEqual(["../x"]);
});

test("a folder is for the files panel, and leaves the address too", () => {
  const { folder, paths, clean } = readAddress("http://localhost/?folder=home%2Fme%2Fwork&path=home/me/work/a.ipynb");
  expect([folder, paths, clean]).toEqual(["home/me/work", ["home/me/work/a.ipynb"], "http://localhost/"]);
  expect(readAddress("http://localhost/").folder).toBeNull();
});

test("whose window it is stays in the address: a reload has to know it too", () => {
  const { window, clean } = readAddress("http://localhost/?window=home%2Fme&folder=home/me&token=s");
  expect([window, clean]).toEqual(["home/me", "http://localhost/?window=home%2Fme"]);
  expect(readAddress("http://localhost/?window=").window).toBe("");
  expect(readAddress("http://localhost/").window).toBeNull();
});
