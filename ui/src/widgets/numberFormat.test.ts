import { expect, test } from "vitest";
import { formatNumber, numberOf } from "./numberFormat";

test.each([
  [3, "d", "3"],
  [1234567, ",d", "1,234,567"],
  [2.5, ".2f", "2.50"],
  [100, ".3g", "100"],
  [0.1234, ".1%", "12.3%"],
  [1500, ".2s", "1.5k"],
  [0.000012, ".2s", "12µ"],
  [255, "#x", "0xff"],
  [5, "+d", "+5"],
  [-5, "d", "−5"],
  [-5, "(d", "(5)"],
  [7, "03d", "007"],
  [7, "*^5d", "**7**"],
  [12.5, "$,.2f", "$12.50"],
  [0.00001, ".1e", "1.0e-5"],
  [1.5, "", "1.5"],
  [1.50001, ".3~f", "1.5"],
  [5, "nonsense", "5"],
  [12345, ".3r", "12300"],
])("%d as %s is %s", (value, format, text) => {
  expect(formatNumber(value, format)).toBe(text);
});

test.each([
  ["1,234.5", 1234.5],
  ["−3", -3],
  ["$12", 12],
  ["50%", 0.5],
  ["1e3", 1000],
  [".5", 0.5],
  ["x", null],
])("%s is read as %s", (text, value) => {
  expect(numberOf(text)).toBe(value);
});
