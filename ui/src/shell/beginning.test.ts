import { expect, test } from "vitest";
import { createStorage, type Storage } from "../workspace/settings/storage";
import { readAddress } from "./address";
import { firstNotebook } from "./beginning";
import { keepTabs } from "./keptTabs";

function kept(active: string | null): Storage {
  const tabs = createStorage(() => null);
  keepTabs(tabs, { paths: active === null ? [] : [active], active, folder: null });
  return tabs;
}

test.each([
  ["?path=a/b.ipynb", null, "a/b.ipynb"],
  ["?path=a.IPYNB&path=b.ipynb", null, "a.IPYNB"],
  ["?path=/a//b.ipynb", null, "a/b.ipynb"], // as the tab will spell it
  ["?path=a.txt&path=b.ipynb", null, null],
  ["?path=../b.ipynb", null, null],
  ["", "b.ipynb", "b.ipynb"], // as after a reload
  ["?path=a.ipynb", "b.ipynb", "a.ipynb"],
  ["", "b.txt", null],
  ["", null, null],
])("of %s after %s the first notebook is %s", (query, active, wanted) => {
  expect(firstNotebook(readAddress(`http://h/${query}`), kept(active))).toBe(wanted);
});
