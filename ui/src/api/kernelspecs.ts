/** The kernels that are installed: `/api/kernelspecs`. */
import { request } from "../wire/http";
import { asObject, asText, textOr } from "../wire/parse";

export interface Kernelspec {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  /** The program that it runs. */
  readonly program: string;
}

export interface Kernelspecs {
  readonly default: string;
  readonly list: readonly Kernelspec[];
}

export function listKernelspecs(): Promise<Kernelspecs> {
  return request("GET", "api/kernelspecs", parseKernelspecs);
}

export function parseKernelspecs(raw: unknown): Kernelspecs {
  const fields = asObject(raw, "the list of kernels");
  const specs = asObject(fields["kernelspecs"], "the kernelspecs");
  return { default: textOr(fields["default"], ""), list: Object.values(specs).map(parseKernelspec) };
}

function parseKernelspec(raw: unknown): Kernelspec {
  const fields = asObject(raw, "the kernelspec");
  const name = asText(fields["name"], "the kernel's name");
  const spec = asObject(fields["spec"], "the kernel's spec");
  const argv = Array.isArray(spec["argv"]) ? (spec["argv"] as readonly unknown[]) : [];
  return {
    name,
    displayName: textOr(spec["display_name"], name),
    language: textOr(spec["language"], ""),
    program: textOr(argv[0], ""),
  };
}
