/** How much something is, as a person reads it. */
import { formatBytes, formatNumber } from "./formats";

const UNITS = ["KB", "MB", "GB", "TB"] as const; // the same letters in every language that there is

/** `980 bytes`, `12 KB`, `3.4 MB`, `1.0 GB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return formatBytes(bytes);
  const power = Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${formatNumber(value, value < 10 ? 1 : 0)} ${UNITS[power - 1] ?? ""}`;
}
