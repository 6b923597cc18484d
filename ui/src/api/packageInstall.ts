/** A package by which plots are drawn, into the environment of a kernel: `/api/adrastea/packages`. Not Jupyter's. */
import { toldWork } from "./toldWork";

export type DrawingPackage = "plotly" | "bokeh";

/** As `toldWork`. */
export async function installPackage(
  kernel: string,
  name: DrawingPackage,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await toldWork(`api/adrastea/packages/${encodeURIComponent(kernel)}`, { package: name }, tell, signal);
}
