import { expect, test } from "vitest";
import { kernelIn, languageIn } from "./metadataNames";

test("the notebook names its kernel and its language", () => {
  const metadata = { kernelspec: { name: "ir", language: "R" }, language_info: { name: "R" } };
  expect([kernelIn(metadata), languageIn(metadata)]).toEqual(["ir", "R"]);
  expect(languageIn({ kernelspec: { language: "julia" } })).toBe("julia");
});

test.each([{}, { kernelspec: null }, { kernelspec: { name: 3 }, language_info: { name: "" } }, { kernelspec: "x" }])(
  "%j names none",
  (metadata) => expect([kernelIn(metadata), languageIn(metadata)]).toEqual(["", "python"]),
);
