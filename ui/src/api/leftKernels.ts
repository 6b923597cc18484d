/** The kernels that earlier runs of the program have left: `/api/adrastea/kernels`. Not Jupyter's. */
import { request } from "../wire/http";
import { asList, asObject, asText, numberOrNull, textOr } from "../wire/parse";

/** What can be done with it: those on another machine, and those of a later version, are only listed. */
export type Reach = "reachable" | "unreachable" | "elsewhere" | "later";

export interface LeftFound {
  readonly name: string;
  readonly displayName: string;
  readonly notebooks: readonly string[];
  readonly memory: number;
  /** The last part of the path of the folder that was served. */
  readonly folder: string;
  readonly since: Date | null;
  /** Whether a cell was running when it was left. */
  readonly runs: boolean;
  readonly reach: Reach;
}

const REACHES: readonly Reach[] = ["reachable", "unreachable", "elsewhere", "later"];

export function leftKernels(): Promise<readonly LeftFound[]> {
  return request("GET", "api/adrastea/kernels", (raw) => asList(raw, "the list of kernels").map(parseLeft));
}

export function takeOverKernel(name: string): Promise<void> {
  return request("POST", `api/adrastea/kernels/${encodeURIComponent(name)}`, nothing);
}

export function endLeftKernel(name: string): Promise<void> {
  return request("DELETE", `api/adrastea/kernels/${encodeURIComponent(name)}`, nothing);
}

export function parseLeft(raw: unknown): LeftFound {
  const fields = asObject(raw, "the kernel");
  const notebooks = fields["notebooks"] === undefined ? [] : asList(fields["notebooks"], "the kernel's notebooks");
  const listed = notebooks.map((one) => asObject(one, "the notebook"));
  const since = new Date(textOr(fields["started"], ""));
  return {
    name: asText(fields["name"], "the kernel's name"),
    displayName: textOr(fields["display_name"], ""),
    notebooks: listed.map((one) => asText(one["name"], "the notebook's name")),
    memory: numberOrNull(fields["memory"]) ?? 0,
    folder: textOr(fields["folder"], ""),
    since: Number.isNaN(since.getTime()) ? null : since,
    runs: listed.some((one) => one["runs"] === true),
    reach: REACHES.find((reach) => reach === fields["reach"]) ?? "later",
  };
}

function nothing(): void {
  return undefined;
}
