/** Scripts by which plots are drawn, from the environment of a kernel: `/api/adrastea/packages`. Not Jupyter's. */
import { requestScript } from "../wire/http";

/** Throws `ApiError`; with status 404 where the kernel has no such package. */
export function packageAsset(kernel: string, asset: string): Promise<Blob> {
  return requestScript(`api/adrastea/packages/${encodeURIComponent(kernel)}/${encodeURIComponent(asset)}`);
}
