/** The code of older widgets, from the environment of a kernel: `/api/adrastea/widgets`. Not Jupyter's. */
import { requestScript } from "../wire/http";

/** Throws `ApiError`; with status 404 where the kernel has no such widgets. */
export async function widgetModule(kernel: string, module: string): Promise<string> {
  const path = `api/adrastea/widgets/${encodeURIComponent(kernel)}/${encodeURIComponent(module)}`;
  return (await requestScript(path)).text();
}
