/** Pythons that could be kernels: `/api/adrastea/pythons` and `/api/adrastea/environments`. Not Jupyter's. */
import { request } from "../wire/http";
import { asList, asObject, asText, textOr } from "../wire/parse";
import { toldWork } from "./toldWork";

export interface PythonsFound {
  /** The programs, as paths of the server's system. */
  readonly pythons: readonly string[];
  /** Where a new environment would lie. */
  readonly environment: string;
}

export interface PythonKernel {
  /** Of its kernelspec; empty where this Python has no ipykernel. */
  readonly name: string;
  readonly displayName: string;
  readonly executable: string;
  /** What installs ipykernel into it. */
  readonly command: string;
}

/** A new environment in `folder`, made by `python`; without a folder, ipykernel into `python` itself. */
export interface EnvironmentWish {
  readonly folder?: string;
  readonly python?: string;
}

/** Throws `ApiError`. */
export function listPythons(folder: string): Promise<PythonsFound> {
  return request("GET", `api/adrastea/pythons?${new URLSearchParams({ folder })}`, parsePythons);
}

/** Makes a Python a kernel. Throws `ApiError`. */
export function useAsKernel(python: string): Promise<PythonKernel> {
  return request("POST", "api/adrastea/pythons", parseKernel, { python });
}

/** As `toldWork`. */
export async function makeEnvironment(
  wish: EnvironmentWish,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<PythonKernel> {
  return parseKernel(await toldWork("api/adrastea/environments", { ...wish }, tell, signal));
}

export function parsePythons(raw: unknown): PythonsFound {
  const fields = asObject(raw, "the Pythons");
  const list = asList(fields["pythons"], "the list of Pythons");
  return {
    pythons: list.map((one) => asText(asObject(one, "a Python")["executable"], "its program")),
    environment: textOr(fields["environment"], ""),
  };
}

export function parseKernel(raw: unknown): PythonKernel {
  const fields = asObject(raw, "the kernel of a Python");
  return {
    name: asText(fields["name"], "its name"),
    displayName: textOr(fields["display_name"], ""),
    executable: textOr(fields["executable"], ""),
    command: textOr(fields["command"], ""),
  };
}
