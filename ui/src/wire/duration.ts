/** How long something took, and which place it has, in words. */
import { formatNumber, ordinalClass } from "../i18n/formats";
import { unitsText } from "../i18n/units";

/** `0.3 s`, `12 s`, `2 min 5 s`, `1 h 2 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return unitsText.seconds(formatNumber(seconds, 1));
  return wholeDuration(Math.round(seconds));
}

/** The same in whole seconds, for what counts them: `3 s`, `2 min 5 s`. */
export function wholeDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return unitsText.seconds(formatNumber(whole));
  if (whole < 3_600) return unitsText.minutes(Math.floor(whole / 60), whole % 60);
  return unitsText.hours(Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60));
}

/** `1st`, `2nd`, `3rd`, `11th`. */
export function ordinal(place: number): string {
  return unitsText.place(place, ordinalClass(place));
}
