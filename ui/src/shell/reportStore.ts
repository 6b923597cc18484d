/**
 * What the report page shows: versions, the end of the server's log, and the errors of this page, which stay here.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ProblemReport } from "../api/problemReport";
import { reportText } from "../i18n/report";
import { sentenceOf } from "../i18n/sentenceOf";

export type Report =
  | { readonly at: "loading" }
  | { readonly at: "ready"; readonly report: ProblemReport }
  | { readonly at: "failed"; readonly message: string };

export const ERROR_LIMIT = 20;

export class ReportStore {
  readonly #get: () => Promise<ProblemReport>;
  readonly #report = signal<Report>({ at: "loading" });
  readonly #errors = signal<readonly string[]>([]);

  constructor(get: () => Promise<ProblemReport>) {
    this.#get = get;
  }

  get report(): ReadonlySignal<Report> {
    return this.#report;
  }
  /** The last errors of this page, as texts. */
  get errors(): ReadonlySignal<readonly string[]> {
    return this.#errors;
  }

  /** Notes an error that nobody has handled. */
  note(error: unknown): void {
    this.#errors.value = [...this.#errors.value, textOf(error)].slice(-ERROR_LIMIT);
  }

  async refresh(): Promise<void> {
    this.#report.value = { at: "loading" };
    try {
      this.#report.value = { at: "ready", report: await this.#get() };
    } catch (error) {
      this.#report.value = { at: "failed", message: sentenceOf(error) };
    }
  }
}

/** The versions as lines, with what the page knows: pairs of a name and a text. */
export function versionsText(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, version]) => `${name}: ${version}`).join("\n");
}

/** The log as one text, the page's errors after it. */
export function logText(log: string, errors: readonly string[]): string {
  return [log.trimEnd(), ...(errors.length > 0 ? [`${reportText.page}:`, ...errors] : [])]
    .filter((part) => part !== "")
    .join("\n");
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const places = (error.stack ?? "").split("\n").filter((line) => /:\d+(:\d+)?\)?$/.test(line));
  const message = error instanceof SyntaxError ? "" : `: ${error.message}`; // `JSON.parse` quotes what it was given
  return [`${error.name}${message}`, ...places.map((line) => `  ${line.trim().replace(/\?[^:)]*/, "")}`)].join("\n");
}
