import { expect, test, vi } from "vitest";
import { saveFile } from "./saveFile";

test("the browser is asked to keep the content under its name, and lets go of it later", () => {
  vi.useFakeTimers();
  const asked: string[] = [];
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:one");
  const freed = vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => undefined);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    asked.push(`${this.download} from ${this.href}`);
  });
  saveFile(new Blob(["x"]), "output.txt");
  expect(asked).toEqual(["output.txt from blob:one"]);
  vi.advanceTimersByTime(60_000);
  expect(freed).toHaveBeenCalledWith("blob:one");
});
