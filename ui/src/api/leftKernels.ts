/** The kernels that earlier runs of the program have left: `/api/adrastea/kernels`. Not Jupyter's. */
import { request } from "../wire/http";
import { asList, asObject, asText, textOr } from "../wire/parse";

export interface LeftFound {
  readonly name: string;
  readonly displayName: string;
  readonly notebooks: readonly string[];
  readonly memory: number;
  readonly reachable: boolean;
}

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
  const memory = fields["memory"];
  return {
    name: asText(fields["name"], "the kernel's name"),
    displayName: textOr(fields["display_name"], ""),
    notebooks: notebooks.map((one) => asText(asObject(one, "the notebook")["name"], "the notebook's name")),
    memory: typeof memory === "number" ? memory : 0,
    reachable: fields["reach"] === "reachable",
  };
}

function nothing(): void {
  return undefined;
}
