import { expect, test } from "vitest";
import { loadSnippet, pathFrom } from "./loadSnippet";

test("a table is loaded by what the language has for it", () => {
  expect(loadSnippet("python", "a b.csv")).toBe('import pandas as pd\n\ndata = pd.read_csv("a b.csv")\ndata.head()');
  expect(loadSnippet("python", "x.TSV")).toContain('pd.read_csv("x.TSV", sep="\\t")');
  expect(loadSnippet("R", "d/a.csv")).toBe('data <- read.csv("d/a.csv")\nhead(data)');
  expect(loadSnippet("julia", "$a.csv")).toBe('using CSV, DataFrames\ndata = CSV.read("\\$a.csv", DataFrame)');
});

test("a name with quotes stays one text", () => {
  expect(loadSnippet("python", 'it\'s "x".csv')).toContain('pd.read_csv("it\'s \\"x\\".csv")');
});

test("what nobody knows how to load has no code", () => {
  expect([
    loadSnippet("python", "a.bin"),
    loadSnippet("r", "a.feather"),
    loadSnippet("julia", "a.json"),
    loadSnippet("bash", "a.csv"),
    loadSnippet("python", "csv"),
    loadSnippet("python", "constructor.constructor"),
  ]).toEqual([null, null, null, null, null, null]);
});

test("paths are as the kernel in the notebook's folder finds them", () => {
  expect([
    pathFrom("", "a.csv"),
    pathFrom("work", "work/data/a.csv"),
    pathFrom("work/here", "work/a.csv"),
    pathFrom("work", "data/a.csv"),
    pathFrom("work", "works/a.csv"),
  ]).toEqual(["a.csv", "data/a.csv", "../a.csv", "../data/a.csv", "../works/a.csv"]);
});
