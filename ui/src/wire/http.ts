/**
 * Requests to the server that the page came from. Addresses are relative to the page's base, so that the server may
 * live under any path; the cookie that the page came with is the credential.
 */
import { serverSays } from "../i18n/language";
import { sentenceOf } from "../i18n/sentenceOf";
import { wireText } from "../i18n/wire";
import type { Json } from "./json";
import { isObject } from "./parse";
import { serverUrl } from "./serverUrl";

export { encodePath, serverUrl } from "./serverUrl";

/** A request that failed. The message is a sentence for the user. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The error class of the server, for example `NotFound`. */
  readonly kind: string | undefined;
  /** What a kernel printed before it failed to start. */
  readonly log: string;

  constructor(status: number, message: string, kind?: string, log = "") {
    super(message);
    this.status = status;
    this.kind = kind;
    this.log = log;
  }
}

/**
 * One request. `parse` gets the JSON of the answer, `undefined` when it has no body.
 *
 * Throws `ApiError`.
 */
export async function request<T>(method: string, path: string, parse: (raw: unknown) => T, body?: Json): Promise<T> {
  let answer = await send(method, path, body);
  let raw = await contentOf(answer);
  if (!answer.ok && isObject(raw) && raw["kind"] === "XsrfMissing") {
    // The cookie was another server's on this machine; the refusal has brought the right one.
    answer = await send(method, path, body);
    raw = await contentOf(answer);
  }
  if (!answer.ok) throw errorOf(answer, raw);
  try {
    return parse(raw);
  } catch (error) {
    const reason = sentenceOf(error);
    throw new ApiError(answer.status, wireText.senseless(reason));
  }
}

/**
 * The bytes at an address, with their type.
 *
 * Throws `ApiError`.
 */
export async function requestBytes(path: string): Promise<Blob> {
  const answer = await send("GET", path);
  if (!answer.ok) throw errorOf(answer, await contentOf(answer));
  return answer.blob();
}

/**
 * A script, which the browser keeps as long as the server has no other one.
 *
 * Throws `ApiError`.
 */
export async function requestScript(path: string): Promise<Blob> {
  const answer = await send("GET", path, undefined, {}, "no-cache");
  if (!answer.ok) throw errorOf(answer, await contentOf(answer));
  return answer.blob();
}

/** Some bytes of something long, and how long all of it is. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly total: number;
}

/**
 * The bytes at an address from `start` up to, not including, `end`; fewer where it ends before, none where it is empty.
 *
 * Throws `ApiError`.
 */
export async function requestRange(path: string, start: number, end: number): Promise<Part> {
  const answer = await send("GET", path, undefined, { Range: `bytes=${start}-${end - 1}` });
  const total = Number(/\/(\d+)$/.exec(answer.headers.get("Content-Range") ?? "")?.[1]);
  if (answer.status === 416) return { bytes: new Uint8Array(), total: total || 0 };
  if (!answer.ok) throw errorOf(answer, await contentOf(answer));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { bytes, total: answer.status === 206 ? total : bytes.length };
}

/**
 * A request whose answer comes line by line while the server works, each line JSON; `hear` gets them. `signal` ends it.
 *
 * Throws `ApiError`.
 */
export async function requestLines(
  path: string,
  body: Json,
  signal: AbortSignal,
  hear: (raw: unknown) => void,
): Promise<void> {
  const answer = await send("POST", path, body, {}, "no-store", signal);
  if (!answer.ok) throw errorOf(answer, await contentOf(answer));
  let rest = "";
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      const lines = (rest + read.value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) hear(JSON.parse(line));
    }
  } catch {
    throw new ApiError(0, wireText.noAnswer); // it ended in the middle
  }
}

async function send(
  method: string,
  path: string,
  body?: Json,
  more: Readonly<Record<string, string>> = {},
  cache: RequestCache = "no-store",
  signal: AbortSignal | null = null,
): Promise<Response> {
  const headers: Record<string, string> = { "X-Requested-With": "adrastea", ...xsrfHeader(document.cookie), ...more };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(serverUrl(path), {
      method,
      headers,
      credentials: "same-origin",
      cache,
      signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, wireText.noAnswer);
  }
}

/** What shows that a request comes from this page: other pages cannot read its cookie. */
export function xsrfHeader(cookies: string): Record<string, string> {
  const token = /(?:^|;\s*)_xsrf=([^;]*)/.exec(cookies)?.[1];
  return token === undefined ? {} : { "X-XSRFToken": token };
}

async function contentOf(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(() => "");
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function errorOf(answer: Response, raw: unknown): ApiError {
  const said = isObject(raw) ? raw : {};
  const message = typeof said["message"] === "string" && said["message"] !== "" ? said["message"] : null;
  const kind = typeof said["kind"] === "string" ? said["kind"] : undefined;
  const log = typeof said["log"] === "string" ? said["log"] : "";
  return new ApiError(
    answer.status,
    message === null ? wireText.answered(answer.status) : serverSays(message),
    kind,
    log,
  );
}
