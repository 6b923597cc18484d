/** Dates and times between ipywidgets' form (months from 0, a moment in UTC) and what the browser's fields take. */
import { isObject } from "../wire/parse";

type Parts = Readonly<Record<string, number>>;

/** `2026-11-26`; empty where there is none. */
export function dateText(raw: unknown): string {
  const parts = partsOf(raw, ["year", "month", "date"]);
  return parts === null ? "" : `${pad(parts["year"], 4)}-${pad((parts["month"] ?? 0) + 1)}-${pad(parts["date"])}`;
}

export function dateOf(text: string): Parts | null {
  const found = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  if (found === null) return null;
  return { year: Number(found[1]), month: Number(found[2]) - 1, date: Number(found[3]) };
}

/** `12:30`, with seconds where there are some. */
export function timeText(raw: unknown): string {
  const parts = partsOf(raw, ["hours", "minutes", "seconds"]);
  if (parts === null) return "";
  const milliseconds = Math.round(
    (isObject(raw) && typeof raw["milliseconds"] === "number" ? raw["milliseconds"] : 0) || 0,
  );
  const seconds = milliseconds > 0 ? `:${pad(parts["seconds"])}.${pad(milliseconds, 3)}` : `:${pad(parts["seconds"])}`;
  const isWhole = milliseconds === 0 && parts["seconds"] === 0;
  return `${pad(parts["hours"])}:${pad(parts["minutes"])}${isWhole ? "" : seconds}`;
}

export function timeOf(text: string): Parts | null {
  const found = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/.exec(text);
  if (found === null) return null;
  return {
    hours: Number(found[1]),
    minutes: Number(found[2]),
    seconds: Number(found[3] ?? 0),
    milliseconds: Number((found[4] ?? "0").padEnd(3, "0")),
  };
}

/** A date with a time as it stands there. */
export function naiveText(raw: unknown): string {
  const [date, time] = [dateText(raw), timeText(raw)];
  return date === "" || time === "" ? "" : `${date}T${time}`;
}

export function naiveOf(text: string): Parts | null {
  const [date, time] = text.split("T");
  const [days, hours] = [dateOf(date ?? ""), timeOf(time ?? "")];
  return days === null || hours === null ? null : { ...days, ...hours };
}

/** A moment, which travels in UTC, in the time of this machine. */
export function momentText(raw: unknown): string {
  const text = naiveText(raw);
  if (text === "") return "";
  const at = new Date(`${text}Z`);
  return Number.isNaN(at.getTime()) ? "" : naiveText(partsAt(at, false));
}

export function momentOf(text: string): Parts | null {
  const at = naiveOf(text) === null ? null : new Date(text);
  return at === null || Number.isNaN(at.getTime()) ? null : partsAt(at, true);
}

function partsAt(at: Date, utc: boolean): Parts {
  return utc
    ? {
        year: at.getUTCFullYear(),
        month: at.getUTCMonth(),
        date: at.getUTCDate(),
        hours: at.getUTCHours(),
        minutes: at.getUTCMinutes(),
        seconds: at.getUTCSeconds(),
        milliseconds: at.getUTCMilliseconds(),
      }
    : {
        year: at.getFullYear(),
        month: at.getMonth(),
        date: at.getDate(),
        hours: at.getHours(),
        minutes: at.getMinutes(),
        seconds: at.getSeconds(),
        milliseconds: at.getMilliseconds(),
      };
}

function partsOf(raw: unknown, names: readonly string[]): Parts | null {
  if (!isObject(raw)) return null;
  const found = names.map((name) => [name, raw[name]] as const);
  return found.every(([, value]) => typeof value === "number") ? (Object.fromEntries(found) as Parts) : null;
}

function pad(value: number | undefined, digits = 2): string {
  return String(value ?? 0).padStart(digits, "0");
}
