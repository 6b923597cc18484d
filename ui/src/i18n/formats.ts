/**
 * Numbers, dates and lists as they are written in the language of the page, and in the region that the system names for
 * it: a Briton reads “26 Nov 2026”, who reads German “1.234”.
 */
import { languageInForce } from "./language";

const made = new Map<string, unknown>();

/** Making a formatter takes a hundred times as long as using one. */
function kept<T>(name: string, make: (locale: string) => T): T {
  const key = `${languageInForce()} ${name}`;
  const found = made.get(key) as T | undefined;
  if (found !== undefined) return found;
  const fresh = make(localeOf(languageInForce(), globalThis.navigator.languages));
  made.set(key, fresh);
  return fresh;
}

/** The first of the system's languages that is of this one, with its region; else the language alone. */
export function localeOf(language: string, system: readonly string[]): string {
  return system.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
}

/** `1,234`; `digits` are those after the point. */
export function formatNumber(value: number, digits = 0): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return kept(`number ${digits}`, (locale) => new Intl.NumberFormat(locale, options)).format(value);
}

/** `980 bytes`. */
export function formatBytes(count: number): string {
  const options = { style: "unit", unit: "byte", unitDisplay: "long" } as const;
  return kept("bytes", (locale) => new Intl.NumberFormat(locale, options)).format(count);
}

/** `14:02`. */
export function formatTime(at: Date): string {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return kept("time", (locale) => new Intl.DateTimeFormat(locale, options)).format(at);
}

/** `Nov 26, 2026, 14:02`; with `seconds`, those too. */
export function formatMoment(at: Date, seconds = false): string {
  const options = { dateStyle: "medium", timeStyle: seconds ? "medium" : "short" } as const;
  return kept(`moment ${seconds}`, (locale) => new Intl.DateTimeFormat(locale, options)).format(at);
}

/** `one, two and three`. */
export function formatList(items: readonly string[]): string {
  return kept("list", (locale) => new Intl.ListFormat(locale, { type: "conjunction" })).format(items);
}

/** Which form a count takes: in English and German, one and all others. */
export function isOne(count: number): boolean {
  return kept("plural", (locale) => new Intl.PluralRules(locale)).select(count) === "one";
}

/** The class of a place in a row: in English `one` is 1st, 21st, but not 11th. */
export function ordinalClass(place: number): Intl.LDMLPluralRule {
  return kept("ordinal", (locale) => new Intl.PluralRules(locale, { type: "ordinal" })).select(place);
}
