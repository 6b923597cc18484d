/**
 * The many names of a language (kernelspecs, code fences, cell magics, file endings) and the one that we use.
 * `plain` is prose without a language (raw cells), `other` is code for which there is no grammar.
 */

export type LanguageName =
  | "python"
  | "markdown"
  | "javascript"
  | "typescript"
  | "json"
  | "html"
  | "sql"
  | "shell"
  | "r"
  | "julia"
  | "c"
  | "cpp"
  | "rust"
  | "go"
  | "java"
  | "ruby"
  | "octave"
  | "yaml"
  | "toml"
  | "css"
  | "plain"
  | "other";

/** Those that have a grammar. */
export type GrammarName = Exclude<LanguageName, "plain" | "other">;

const NAMES: Readonly<Record<string, LanguageName>> = {
  ...names("python", "python python2 python3 ipython ipython2 ipython3 py py3 pyi pycon sage"),
  ...names("markdown", "markdown md gfm ipythongfm ipythonmarkdown"),
  ...names("javascript", "javascript js jsx mjs cjs ecmascript node"),
  ...names("typescript", "typescript ts tsx mts"),
  ...names("json", "json jsonc json5 ipynb geojson"),
  ...names("html", "html htm xhtml svg xml vue"),
  ...names("sql", "sql sqlite postgres postgresql mysql duckdb"),
  ...names("shell", "shell bash sh zsh ksh console shellsession shell-session script"),
  ...names("r", "r rscript ir"),
  ...names("julia", "julia jl"),
  ...names("c", "c h"),
  ...names("cpp", "cpp c++ cc cxx hpp hh c++11 c++14 c++17 c++20 c++23 cling cuda cu"),
  ...names("rust", "rust rs evcxr"),
  ...names("go", "go golang gophernotes gonb"),
  ...names("java", "java ijava jshell rapaio-jupyter-kernel"),
  ...names("ruby", "ruby rb iruby"),
  ...names("octave", "octave matlab m"),
  ...names("yaml", "yaml yml"),
  ...names("toml", "toml"),
  ...names("css", "css"),
  ...names("plain", "plain text txt raw none plaintext"),
};

/** The language meant by `name`, whatever its case. */
export function languageNamed(name: string): LanguageName {
  const key = name.trim().toLowerCase();
  return Object.hasOwn(NAMES, key) ? (NAMES[key] ?? "other") : "other";
}

function names(name: LanguageName, aliases: string): Record<string, LanguageName> {
  return Object.fromEntries(aliases.split(" ").map((alias) => [alias, name]));
}

export function hasGrammar(name: LanguageName): name is GrammarName {
  return name !== "plain" && name !== "other";
}
