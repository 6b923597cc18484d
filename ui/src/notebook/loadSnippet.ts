/** Code that loads a file of data, in the language of a notebook. Pure. */

const PANDAS = reading({
  csv: (path) => `pd.read_csv(${path})`,
  tsv: (path) => `pd.read_csv(${path}, sep="\\t")`,
  json: (path) => `pd.read_json(${path})`,
  jsonl: (path) => `pd.read_json(${path}, lines=True)`,
  parquet: (path) => `pd.read_parquet(${path})`,
  feather: (path) => `pd.read_feather(${path})`,
  xlsx: (path) => `pd.read_excel(${path})`,
  xls: (path) => `pd.read_excel(${path})`,
});
const R = reading({
  csv: (path) => `data <- read.csv(${path})`,
  tsv: (path) => `data <- read.delim(${path})`,
  json: (path) => `data <- jsonlite::fromJSON(${path})`,
  parquet: (path) => `data <- arrow::read_parquet(${path})`,
  xlsx: (path) => `data <- readxl::read_excel(${path})`,
});
const JULIA = reading({
  csv: (path) => `using CSV, DataFrames\ndata = CSV.read(${path}, DataFrame)`,
  tsv: (path) => `using CSV, DataFrames\ndata = CSV.read(${path}, DataFrame; delim='\\t')`,
});

/** `null` where we know none for this kind of file. `path` is as the kernel finds it. */
export function loadSnippet(language: string, path: string): string | null {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const quoted = JSON.stringify(path);
  switch (language.toLowerCase()) {
    case "python": {
      const read = PANDAS.get(extension)?.(quoted);
      return read === undefined ? null : `import pandas as pd\n\ndata = ${read}\ndata.head()`;
    }
    case "r": {
      const read = R.get(extension)?.(quoted);
      return read === undefined ? null : `${read}\nhead(data)`;
    }
    case "julia":
      return JULIA.get(extension)?.(quoted.replaceAll("$", "\\$")) ?? null;
    default:
      return null;
  }
}

/** A path of the workspace as a kernel that works in `folder` finds it. */
export function pathFrom(folder: string, path: string): string {
  if (folder === "") return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : relative(folder.split("/"), path.split("/"));
}

function relative(from: readonly string[], to: readonly string[]): string {
  const same = to.findIndex((part, at) => part !== from[at]);
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

function reading(
  code: Readonly<Record<string, (path: string) => string>>,
): ReadonlyMap<string, (path: string) => string> {
  return new Map(Object.entries(code));
}
