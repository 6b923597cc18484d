/** What the choice of a kernel says, in English. */
import { translated } from "./language";

export const kernelChooserText = translated("kernelChooser", {
  title: "Change kernel",
  text: (name: string) => `Choose the kernel for ${name}. Variables of the present one are lost.`,
  choose: "Choose a kernel",
  failed: (message: string) => `The kernels could not be listed: ${message}`,
  none: "There is no kernel on this computer. Install one with “pip install ipykernel” in the Python that you use.",
  isDefault: "default",
  use: "Use this kernel",
  looking: "Looking for kernels…",
});
