/**
 * The grammars that the static highlighter has. Python is there from the start, without any of the editor's code; the
 * others come with the editor's chunks when they are first asked for, and `grammars` tells the views that they are there.
 */
import { type Parser } from "@lezer/common";
import { parser as python } from "@lezer/python";
import { signal } from "@preact/signals";
import { hasGrammar, type LanguageName } from "./languageNames";
import { MagicParser } from "./magicParser";

const magicPython = new MagicParser(python, (language) => grammar(language));

/** Replaced as a whole when a grammar has come: whoever reads it is told. */
export const grammars = signal<ReadonlyMap<LanguageName, Parser>>(new Map([["python", magicPython]]));

const asked = new Map<LanguageName, Promise<void>>();

/** The grammar of a language, or null while it is loading or when there is none. */
export function grammar(language: LanguageName): Parser | null {
  const known = grammars.value.get(language);
  if (known !== undefined) return known;
  if (hasGrammar(language)) void loadGrammar(language);
  return null;
}

/** Resolves when `grammar(language)` has its answer. A chunk that cannot be had leaves the language plain. */
export function loadGrammar(language: LanguageName): Promise<void> {
  if (!hasGrammar(language) || grammars.peek().has(language)) return Promise.resolve();
  let loading = asked.get(language);
  if (loading === undefined) {
    loading = import("./liveEditor").then(
      async ({ loadLanguage }) => {
        const { parser } = (await loadLanguage(language)).language;
        grammars.value = new Map(grammars.peek()).set(language, parser);
      },
      () => void asked.delete(language),
    );
    asked.set(language, loading);
  }
  return loading;
}
