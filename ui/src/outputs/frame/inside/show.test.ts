import { afterEach, expect, test, vi } from "vitest";
import { redirected } from "./show";

let made: string[] = [];

afterEach(() => (made = []));

function addresses(): void {
  vi.spyOn(URL, "createObjectURL").mockImplementation(() => {
    made.push(`blob:${made.length}`);
    return made.at(-1) ?? "";
  });
}

const library = (...places: string[]) => ({ source: new Blob(["1"]), addresses: places });

test("addresses that mean a script which came along lead to it, the longer ones first", () => {
  addresses();
  const text = '<script src="https://x/vega"></script><script src="https://x/vega-lite"></script>';
  expect(redirected(text, [library("https://x/vega"), library("https://x/vega-lite")])).toBe(
    '<script src="blob:0"></script><script src="blob:1"></script>',
  );
});

test("what another server's file was to be like is forgotten", () => {
  addresses();
  const text = '<script src="https://x/p.js" integrity="sha256-abc=" crossorigin="anonymous"></script>';
  expect(redirected(text, [library("https://x/p.js")])).toBe('<script src="blob:0"></script>');
});

test("without such an address nothing changes, and a library that is run needs no address", () => {
  addresses();
  const text = '<script src="https://y/p.js" integrity="sha256-abc="></script>';
  expect(redirected(text, [library()])).toBe(text);
  expect(made).toEqual([]);
});
