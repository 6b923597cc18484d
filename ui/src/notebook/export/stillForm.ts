/** What of a mimebundle can be shown where nothing runs: its best form, or the best that stands still in its place. */
import { hasScript } from "../../outputs/htmlFacts";
import { type Choice, choices } from "../../outputs/mimebundle";
import type { Mimebundle } from "../../wire/outputs";

type Kind = "html" | "markdown" | "svg" | "latex" | "image" | "media" | "pdf" | "json" | "text";
export type Still = Extract<Choice, { readonly kind: Kind }>;

/** Of what stands for a live output, best first. */
const INSTEAD: readonly Kind[] = ["svg", "image", "html", "markdown", "latex", "text"];

export interface StillForm {
  /** Null where there is nothing to show. */
  readonly form: Still | null;
  /** Whether something better is lost. */
  readonly instead: boolean;
}

export function stillForm(data: Mimebundle): StillForm {
  const all = choices(data);
  const best = all[0];
  if (best === undefined || best.kind === "bokehLoad") return { form: null, instead: false };
  if (isStill(best)) return { form: best, instead: false };
  const still = all.filter(isStill);
  const form = INSTEAD.map((kind) => still.find((one) => one.kind === kind)).find((one) => one !== undefined);
  return { form: form ?? null, instead: true };
}

function isStill(choice: Choice): choice is Still {
  switch (choice.kind) {
    case "html":
      return !hasScript(choice.html);
    case "markdown":
    case "svg":
    case "latex":
    case "image":
    case "media":
    case "pdf":
    case "json":
    case "text":
      return true;
    default:
      return false;
  }
}
