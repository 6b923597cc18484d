/** What the server says about itself for the report page, and whether it crashed before: `/api/adrastea`. */
import { request } from "../wire/http";
import { asList, asObject, asText } from "../wire/parse";

export interface ProblemReport {
  /** Names and versions, in the order in which they are shown. */
  readonly versions: readonly (readonly [name: string, version: string])[];
  /** The end of the log. */
  readonly log: string;
}

export function getReport(): Promise<ProblemReport> {
  return request("GET", "api/adrastea/report", parseReport);
}

/** Whether the program had crashed before this start. True once, for whoever asks first. */
export function takeCrash(): Promise<boolean> {
  return request("POST", "api/adrastea/crash", (raw) => asObject(raw, "the answer")["crashed"] === true);
}

export function parseReport(raw: unknown): ProblemReport {
  const fields = asObject(raw, "the report");
  const versions = asList(fields["versions"], "the versions").map((pair) => {
    const [name, version] = asList(pair, "a version");
    return [asText(name, "the name"), asText(version, "the version")] as const;
  });
  return { versions, log: asText(fields["log"], "the log") };
}
