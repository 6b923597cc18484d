import type { Translation } from "../language";
import type { packageInstallText } from "../packageInstall";

export const packageInstall: Translation<typeof packageInstallText> = {
  install: (name) => `${name} installieren`,
  where: (kernel) => `In die Umgebung des Kernels ${kernel}, aus dem Paketverzeichnis`,
  working: (name) => `${name} wird installiert …`,
  failed: (name, reason) => `${name} wurde nicht installiert: ${reason}`,
  cancel: "Abbrechen",
  again: "Noch einmal versuchen",
};
