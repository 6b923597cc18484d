/** Sessions and their kernels: `/api/sessions`, `/api/kernels`. */
import { request } from "../wire/http";
import { asList, asObject, asText, textOr } from "../wire/parse";

export interface RunningSession {
  readonly id: string;
  readonly path: string;
  readonly kernelId: string;
  readonly kernelName: string;
  /** Jupyter's `execution_state`. */
  readonly state: string;
}

/** The session of a notebook; a kernel is started where it has none. */
export function startSession(path: string, kernelName?: string): Promise<RunningSession> {
  const kernel = kernelName === undefined ? {} : { name: kernelName };
  const name = path.split("/").at(-1) ?? path;
  return request("POST", "api/sessions", parseSession, { path, name, type: "notebook", kernel });
}

/** Another kernel for the session; the one that it had is shut down. */
export function changeKernel(sessionId: string, kernelName: string): Promise<RunningSession> {
  return request("PATCH", `api/sessions/${encodeURIComponent(sessionId)}`, parseSession, {
    kernel: { name: kernelName },
  });
}

export function runningSessions(): Promise<readonly RunningSession[]> {
  return request("GET", "api/sessions", (raw) => asList(raw, "the list of sessions").map(parseSession));
}

export function shutdownSession(sessionId: string): Promise<void> {
  return request("DELETE", `api/sessions/${encodeURIComponent(sessionId)}`, nothing);
}

export function interruptKernel(kernelId: string): Promise<void> {
  return request("POST", `api/kernels/${encodeURIComponent(kernelId)}/interrupt`, nothing);
}

export function restartKernel(kernelId: string): Promise<void> {
  return request("POST", `api/kernels/${encodeURIComponent(kernelId)}/restart`, nothing);
}

export function parseSession(raw: unknown): RunningSession {
  const fields = asObject(raw, "the session");
  const kernel = asObject(fields["kernel"], "the session's kernel");
  return {
    id: asText(fields["id"], "the session's id"),
    path: asText(fields["path"], "the session's path"),
    kernelId: asText(kernel["id"], "the kernel's id"),
    kernelName: textOr(kernel["name"], ""),
    state: textOr(kernel["execution_state"], "unknown"),
  };
}

function nothing(): void {
  return undefined;
}
