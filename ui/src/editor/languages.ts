/** The languages of the live editor: each with its grammar, indentation and comments, loaded when first asked for. Part of the editor's chunk. */
import { pythonLanguage } from "@codemirror/lang-python";
import { indentUnit, Language, LanguageSupport, StreamLanguage, type StreamParser } from "@codemirror/language";
import { type Extension } from "@codemirror/state";
import { grammar } from "./grammars";
import { type GrammarName, type LanguageName } from "./languageNames";
import { MagicParser } from "./magicParser";

const python = new LanguageSupport(
  new Language(
    pythonLanguage.data,
    new MagicParser(pythonLanguage.parser, (language) => grammar(language)),
    [],
    "python",
  ),
);

type Loader = () => Promise<LanguageSupport>;

const LOADERS: Readonly<Record<GrammarName, Loader>> = {
  python: () => Promise.resolve(python),
  markdown: async () => {
    const { markdown, markdownLanguage } = await import("@codemirror/lang-markdown");
    return markdown({ base: markdownLanguage, addKeymap: true, completeHTMLTags: false });
  },
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true }),
  typescript: async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true, typescript: true }),
  json: async () => (await import("@codemirror/lang-json")).json(),
  html: async () => (await import("@codemirror/lang-html")).html({ autoCloseTags: false }),
  sql: async () => stream((await import("@codemirror/legacy-modes/mode/sql")).standardSQL),
  shell: async () => stream((await import("@codemirror/legacy-modes/mode/shell")).shell),
  r: async () => stream((await import("@codemirror/legacy-modes/mode/r")).r),
  julia: async () => stream((await import("@codemirror/legacy-modes/mode/julia")).julia),
  c: async () => stream((await import("@codemirror/legacy-modes/mode/clike")).c),
  cpp: async () => stream((await import("@codemirror/legacy-modes/mode/clike")).cpp),
  go: async () => stream((await import("@codemirror/legacy-modes/mode/go")).go),
  java: async () => stream((await import("@codemirror/legacy-modes/mode/clike")).java),
  ruby: async () => stream((await import("@codemirror/legacy-modes/mode/ruby")).ruby),
  octave: async () => stream((await import("@codemirror/legacy-modes/mode/octave")).octave),
  yaml: async () => stream((await import("@codemirror/legacy-modes/mode/yaml")).yaml),
  toml: async () => stream((await import("@codemirror/legacy-modes/mode/toml")).toml),
  css: async () => stream((await import("@codemirror/legacy-modes/mode/css")).css),
  rust: async () => stream((await import("@codemirror/legacy-modes/mode/rust")).rust),
};

const loaded = new Map<LanguageName, Promise<LanguageSupport>>();
const ready = new Map<LanguageName, LanguageSupport>([["python", python]]);

export function loadLanguage(name: GrammarName): Promise<LanguageSupport> {
  const known = loaded.get(name) ?? LOADERS[name]();
  loaded.set(name, known);
  void known.then(
    (support) => ready.set(name, support),
    () => loaded.delete(name), // a chunk that did not come may come the next time
  );
  return known;
}

/** The language's support if it is loaded. */
export function readyLanguage(name: LanguageName): LanguageSupport | null {
  return ready.get(name) ?? null;
}

const TWO: ReadonlySet<LanguageName> = new Set([
  "javascript",
  "typescript",
  "json",
  "html",
  "css",
  "r",
  "ruby",
  "octave",
  "yaml",
  "toml",
]);

/** One level of indentation, as each language's users have it. */
export function indentationOf(name: LanguageName): Extension {
  if (name === "go") return indentUnit.of("\t");
  return indentUnit.of(" ".repeat(TWO.has(name) ? 2 : 4));
}

function stream<State>(parser: StreamParser<State>): LanguageSupport {
  return new LanguageSupport(StreamLanguage.define(parser));
}
