import type { Translation } from "../language";
import type { welcomeText } from "../welcome";

export const welcome: Translation<typeof welcomeText> = {
  title: "Adrastea",
  subtitle: "Jupyter-Notebooks, sofort.",
  start: "Anfangen",
  recent: "Zuletzt geöffnet",
  nothingRecent: "Was Sie öffnen, steht hier.",
  kernels: "Kernel auf diesem Rechner",
  loading: "Kernel werden gesucht …",
  noKernel: "Kein Python-Kernel gefunden",
  noKernelHint:
    "Notebooks lassen sich lesen und bearbeiten, aber nicht ausführen. Ein Kernel ist ein Python mit dem Paket ipykernel: Wählen Sie eines, das da ist, oder legen Sie eine Umgebung an.",
  learnMore: "Mehr darüber",
  lookAgain: "Noch einmal suchen",
  failed: (message) => `Die Liste der Kernel konnte nicht gelesen werden: ${message}`,
  isDefault: "Standard",
  keys: (mode, run, palette) => `${mode} wechseln den Modus; ${run} führt aus; ${palette} findet alles.`,
  modes: "Esc / Eingabe",
};
