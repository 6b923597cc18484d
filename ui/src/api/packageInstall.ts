/** A package by which plots are drawn, into the environment of a kernel: `/api/adrastea/packages`. Not Jupyter's. */
import { serverSays } from "../i18n/language";
import { ApiError, requestLines } from "../wire/http";
import { asObject } from "../wire/parse";

export type DrawingPackage = "plotly" | "bokeh";

/** `tell` gets each line that is printed meanwhile; `signal` gives it up. Throws `ApiError`. */
export async function installPackage(
  kernel: string,
  name: DrawingPackage,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let last: unknown;
  const address = `api/adrastea/packages/${encodeURIComponent(kernel)}`;
  await requestLines(address, { package: name }, signal, (raw) => {
    const { line } = asObject(raw, "a line of the installation");
    if (typeof line === "string") tell(line);
    else last = raw;
  });
  const { error } = asObject(last, "the installation");
  if (typeof error === "string") throw new ApiError(422, serverSays(error));
}
