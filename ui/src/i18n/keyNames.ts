/** The keys that do something, said beside its name. */
import { unitsText } from "./units";

/** `withKeys("Next match", "Shift+Enter")` is “Next match (Shift+Enter)”, with the keys as they are printed. */
export function withKeys(label: string, keys: string): string {
  const names: Readonly<Record<string, string>> = unitsText.keys;
  const printed = keys.split("+").map((key) => names[key] ?? key);
  return `${label} (${printed.join("+")})`;
}
