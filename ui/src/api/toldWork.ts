/** Work of the server that tells line by line what its programs print, and last what came of it. */
import { serverSays } from "../i18n/language";
import { ApiError, requestLines } from "../wire/http";
import type { Json } from "../wire/json";
import { asObject } from "../wire/parse";

/** What came of it; `tell` gets each line that is printed meanwhile, `signal` gives it up. Throws `ApiError`. */
export async function toldWork(
  path: string,
  wish: Json,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<unknown> {
  let last: unknown;
  await requestLines(path, wish, signal, (raw) => {
    const { line } = asObject(raw, "a line of the work");
    if (typeof line === "string") tell(line);
    else last = raw;
  });
  const { error } = asObject(last, "what came of the work");
  if (typeof error === "string") throw new ApiError(422, serverSays(error));
  return last;
}
