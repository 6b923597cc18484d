/**
 * In which language the page speaks. It is chosen once, before anything that holds a sentence is loaded (`start.ts`),
 * and stays until the page is loaded anew: so every text is a plain value that modules may take apart when they load,
 * and the sentences of another language are a chunk that only its readers fetch.
 *
 * Each file of English sentences passes them through `translated`, under a name; `de/` has a file of that name with the
 * same in German, and lists it in `de/index.ts`. What is missing there does not compile, or fails `de/index.test.ts`.
 */

export type Language = "en" | "de";
/** What the user may choose: a language, or that of the system. */
export type LanguageChoice = "system" | Language;
export const LANGUAGE_CHOICES: readonly LanguageChoice[] = ["system", "en", "de"];

/** Each in itself: who looks for a language reads no other. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

/** The same sentences in another language: texts are texts, functions take the same arguments. */
export type Phrases<T> = T extends string
  ? string
  : T extends (...args: infer A) => unknown
    ? (...args: A) => string
    : { readonly [K in keyof T]: Phrases<T[K]> };

/** The translation of what `translated` gives: all of it, or it does not compile. */
export type Translation<T> = T;

/** All sentences of a language by the name of their file. */
export type Dictionary = Readonly<Record<string, unknown>>;

/** What holds for this page: set by `speak`, once, before sentences are loaded. */
let inForce: Language = "en";
let dictionary: Dictionary = {};
let toldBy = (english: string): string => english;

/**
 * Makes `language` that of the page; `sentences` are what stands in the place of the English ones, and `fromServer`
 * gives what the server has said.
 */
export function speak(language: Language, sentences: Dictionary, fromServer = toldBy): void {
  inForce = language;
  dictionary = sentences;
  toldBy = fromServer;
}

/** A sentence of the server in the language of the page. It may hold parts in another one: `foreign.ts`. */
export function serverSays(english: string): string {
  return toldBy(english);
}

export function languageInForce(): Language {
  return inForce;
}

/** The sentences of the file `name`, in the language of the page. */
export function translated<T extends object>(name: string, english: T): Phrases<T> {
  return (dictionary[name] ?? english) as Phrases<T>;
}

/** The choice that was kept; what makes no sense is the system's. */
export function parseChoice(raw: unknown): LanguageChoice {
  return LANGUAGE_CHOICES.find((known) => known === raw) ?? "system";
}

/** Which language a choice means; `system` are the languages that the user reads, the best first. */
export function wantedLanguage(choice: LanguageChoice, system: readonly string[]): Language {
  if (choice !== "system") return choice;
  const first = system.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag === "en" || tag === "de");
  return first === "de" ? "de" : "en";
}
