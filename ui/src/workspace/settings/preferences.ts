/**
 * What the user has chosen about the window: theme, zoom, panels. Remembered where the browser allows it.
 *
 * Only this store assigns the signals; views read them. A stored value that makes no sense is replaced by the default.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Density, parseDensity, parseTheme, type Theme } from "../../design/theme";
import { type LanguageChoice, parseChoice } from "../../i18n/language";
import type { Storage } from "./storage";

export const SIDE_WIDTH = { smallest: 180, usual: 260, largest: 480 } as const; // pixels
export const INSPECTOR_WIDTH = { smallest: 220, usual: 280, largest: 480 } as const; // pixels
export const NOTICE_AFTER = { smallest: 0, usual: 10, largest: 86_400 } as const; // seconds
export const ZOOM = { smallest: 50, usual: 100, largest: 300, step: 10 } as const; // per cent

const RECENT_LIMIT = 12; // files

/** Keys by the id of their command. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

export interface Preferences {
  readonly theme: ReadonlySignal<Theme>;
  readonly density: ReadonlySignal<Density>;
  /** What the page speaks from its next load on. */
  readonly language: ReadonlySignal<LanguageChoice>;
  /** Per cent. */
  readonly zoom: ReadonlySignal<number>;
  /** Pixels. */
  readonly sideWidth: ReadonlySignal<number>;
  readonly sideVisible: ReadonlySignal<boolean>;
  /** Whether there is nothing but one document: no rail, no panel, few words below. */
  readonly simple: ReadonlySignal<boolean>;
  /** The page that the inspector of notebooks shows, by its name; empty while it is hidden. */
  readonly inspector: ReadonlySignal<string>;
  /** Pixels. */
  readonly inspectorWidth: ReadonlySignal<number>;
  /** Whether the outline of notebooks has code cells too. */
  readonly outlineCode: ReadonlySignal<boolean>;
  /** Whether single letters act in command mode. */
  readonly letters: ReadonlySignal<boolean>;
  readonly railLabels: ReadonlySignal<boolean>;
  /** Whether code in notebooks has line numbers. */
  readonly lineNumbers: ReadonlySignal<boolean>;
  /** Whether an opening bracket brings the closing one. */
  readonly closeBrackets: ReadonlySignal<boolean>;
  /** Whether editors of notebooks have Vim's keys. */
  readonly vim: ReadonlySignal<boolean>;
  /** Keys that the user has chosen, by the id of their command; an empty list takes them away. */
  readonly keys: ReadonlySignal<OwnKeys>;
  /** Whether images stand on white in dark themes, as they were drawn for. */
  readonly imageBacking: ReadonlySignal<boolean>;
  /** Whether the end of a long run is told to who is elsewhere; `null`: the user has not said. */
  readonly notices: ReadonlySignal<boolean | null>;
  /** Seconds that a run must take for that. */
  readonly noticeAfter: ReadonlySignal<number>;
  /** Paths opened before, the last one first. */
  readonly recent: ReadonlySignal<readonly string[]>;
  setTheme(theme: Theme): void;
  setDensity(density: Density): void;
  setLanguage(language: LanguageChoice): void;
  setZoom(percent: number): void;
  setSideWidth(pixels: number): void;
  setSideVisible(visible: boolean): void;
  setSimple(on: boolean): void;
  setInspector(page: string): void;
  setInspectorWidth(pixels: number): void;
  setOutlineCode(on: boolean): void;
  setLetters(on: boolean): void;
  setRailLabels(on: boolean): void;
  setLineNumbers(on: boolean): void;
  setCloseBrackets(on: boolean): void;
  setVim(on: boolean): void;
  setKeys(keys: OwnKeys): void;
  setImageBacking(on: boolean): void;
  setNotices(on: boolean): void;
  setNoticeAfter(seconds: number): void;
  addRecent(path: string): void;
  forgetRecent(path: string): void;
}

/** `own` is what belongs to this window's folder alone. What another window chooses is followed. */
export function createPreferences(storage: Storage, own: Storage = storage): Preferences {
  const theme = remembered(storage, "theme", parseTheme);
  const density = remembered(storage, "density", parseDensity);
  const language = remembered(storage, "language", parseChoice);
  const zoom = remembered(storage, "zoom", (raw) => within(raw, ZOOM));
  const sideWidth = remembered(own, "sideWidth", (raw) => within(raw, SIDE_WIDTH));
  const sideVisible = remembered(own, "sideVisible", (raw) => raw !== false);
  const simple = remembered(own, "simple", (raw) => raw === true);
  const inspector = remembered(own, "inspector", (raw) => (typeof raw === "string" ? raw : ""));
  const inspectorWidth = remembered(own, "inspectorWidth", (raw) => within(raw, INSPECTOR_WIDTH));
  const outlineCode = remembered(storage, "outlineCode", (raw) => raw === true);
  const letters = remembered(storage, "letters", (raw) => raw !== false);
  const railLabels = remembered(storage, "railLabels", (raw) => raw === true);
  const lineNumbers = remembered(storage, "lineNumbers", (raw) => raw === true);
  const closeBrackets = remembered(storage, "closeBrackets", (raw) => raw !== false);
  const vim = remembered(storage, "vim", (raw) => raw === true);
  const keys = remembered(storage, "keys", ownKeys);
  const imageBacking = remembered(storage, "imageBacking", (raw) => raw !== false);
  const notices = remembered(storage, "notices", (raw) => (typeof raw === "boolean" ? raw : null));
  const noticeAfter = remembered(storage, "noticeAfter", (raw) => within(raw, NOTICE_AFTER));
  const recent = remembered(storage, "recent", paths);
  return {
    theme,
    density,
    language,
    zoom,
    sideWidth,
    sideVisible,
    simple,
    inspector,
    inspectorWidth,
    outlineCode,
    letters,
    railLabels,
    lineNumbers,
    closeBrackets,
    vim,
    keys,
    imageBacking,
    notices,
    noticeAfter,
    recent,
    setTheme: (value) => (theme.value = value),
    setDensity: (value) => (density.value = value),
    setLanguage: (value) => (language.value = value),
    setZoom: (percent) => (zoom.value = within(percent, ZOOM)),
    setSideWidth: (pixels) => (sideWidth.value = within(Math.round(pixels), SIDE_WIDTH)),
    setSideVisible: (visible) => (sideVisible.value = visible),
    setSimple: (on) => (simple.value = on),
    setInspector: (page) => (inspector.value = page),
    setInspectorWidth: (pixels) => (inspectorWidth.value = within(Math.round(pixels), INSPECTOR_WIDTH)),
    setOutlineCode: (on) => (outlineCode.value = on),
    setLetters: (on) => (letters.value = on),
    setRailLabels: (on) => (railLabels.value = on),
    setLineNumbers: (on) => (lineNumbers.value = on),
    setCloseBrackets: (on) => (closeBrackets.value = on),
    setVim: (on) => (vim.value = on),
    setKeys: (chosen) => (keys.value = chosen),
    setImageBacking: (on) => (imageBacking.value = on),
    setNotices: (on) => (notices.value = on),
    setNoticeAfter: (seconds) => (noticeAfter.value = within(seconds, NOTICE_AFTER)),
    addRecent: (path) => {
      const known = paths(storage.read("recent")); // also what another window has opened
      recent.value = [path, ...known.filter((other) => other !== path)].slice(0, RECENT_LIMIT);
    },
    forgetRecent: (path) => {
      recent.value = paths(storage.read("recent")).filter((other) => other !== path);
    },
  };
}

function remembered<T>(storage: Storage, key: string, parse: (raw: unknown) => T) {
  const value = signal(parse(storage.read(key)));
  let first = true;
  effect(() => {
    const now = value.value;
    if (!first) storage.write(key, now);
    first = false;
  });
  storage.follow(key, () => (value.value = parse(storage.read(key))));
  return value;
}

function within(raw: unknown, range: { smallest: number; usual: number; largest: number }): number {
  if (typeof raw !== "number" || !Number.isFinite(raw)) return range.usual;
  return Math.min(range.largest, Math.max(range.smallest, raw));
}

function paths(raw: unknown): readonly string[] {
  if (!Array.isArray(raw)) return [];
  return raw.filter((path): path is string => typeof path === "string").slice(0, RECENT_LIMIT);
}

function ownKeys(raw: unknown): OwnKeys {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return {};
  return Object.fromEntries(
    Object.entries(raw).flatMap(([id, keys]: [string, unknown]) => {
      if (!Array.isArray(keys)) return [];
      return [[id, keys.filter((key): key is string => typeof key === "string" && key.trim() !== "")]];
    }),
  );
}
