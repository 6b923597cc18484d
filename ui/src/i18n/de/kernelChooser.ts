import type { kernelChooserText } from "../kernelChooser";
import type { Translation } from "../language";

export const kernelChooser: Translation<typeof kernelChooserText> = {
  title: "Kernel wechseln",
  text: (name) => `Wählen Sie den Kernel für ${name}. Die Variablen des jetzigen gehen verloren.`,
  choose: "Kernel wählen",
  failed: (message) => `Die Kernel konnten nicht aufgelistet werden: ${message}`,
  none: "Auf diesem Rechner gibt es keinen Kernel. Installieren Sie einen mit „pip install ipykernel“ in dem Python, das Sie benutzen.",
  isDefault: "Standard",
  use: "Diesen Kernel benutzen",
  looking: "Kernel werden gesucht …",
};
