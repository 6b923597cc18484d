/** What the welcome page says. Loaded with the page. */
import { translated } from "./language";

export const welcomeText = translated("welcome", {
  title: "Adrastea",
  subtitle: "Jupyter notebooks, at once.",
  start: "Start",
  recent: "Recent",
  nothingRecent: "What you open will be listed here.",
  kernels: "Kernels on this computer",
  loading: "Looking for kernels…",
  noKernel: "No Python kernel found",
  noKernelHint:
    "Notebooks can be read and edited, but not run. A kernel is a Python with the package ipykernel: choose one that is there, or create an environment.",
  learnMore: "Learn more",
  lookAgain: "Look again",
  failed: (message: string) => `The list of kernels could not be read: ${message}`,
  isDefault: "default",
  keys: (mode: string, run: string, palette: string) =>
    `${mode} switch modes; ${run} runs; ${palette} finds everything.`,
  modes: "Esc / Enter",
});
