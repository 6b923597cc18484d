import type { kernelSetupText } from "../kernelSetup";
import type { Translation } from "../language";

export const kernelSetup: Translation<typeof kernelSetupText> = {
  chooseTitle: "Einen Interpreter wählen",
  chooseText: "Ein Python mit dem Paket ipykernel wird zu einem Kernel, den jedes Notebook benutzen kann.",
  found: "Auf diesem Rechner gefunden",
  looking: "Pythons werden gesucht …",
  noneFound: "An den üblichen Orten wurde kein Python gefunden.",
  path: "Pfad eines Pythons oder des Ordners einer Umgebung",
  browse: "Durchsuchen …",
  use: "Dieses Python benutzen",
  asking: "Es wird gefragt …",
  bare: (python) => `${python} hat kein ipykernel, ohne das es kein Kernel sein kann.`,
  install: "ipykernel installieren",
  installHow: "Dieser Befehl installiert es dort, oder der Knopf unten:",
  copy: "Befehl kopieren",
  createTitle: "Eine Umgebung anlegen",
  createText:
    "Ein Ordner mit einem eigenen Python und ipykernel darin. Die Pakete kommen aus dem Paketverzeichnis; dafür ist das Netz nötig.",
  folder: "Ordner der neuen Umgebung",
  python: "Angelegt mit",
  anyPython: "dem ersten Python, das gefunden wird",
  create: "Umgebung anlegen",
  workingTitle: (environment) => (environment ? "Die Umgebung wird angelegt" : "ipykernel wird installiert"),
  failedTitle: (environment) =>
    environment ? "Die Umgebung konnte nicht angelegt werden" : "ipykernel konnte nicht installiert werden",
  output: "Was die Programme gesagt haben",
  cancel: "Abbrechen",
  again: "Noch einmal versuchen",
  createInstead: "Umgebung anlegen …",
  back: "Zurück",
  done: (kernel) => `${kernel} kann jetzt benutzt werden.`,
  helpTitle: "Kernel und woher sie kommen",
  helpText:
    "Ein Kernel führt den Code eines Notebooks aus. Für Python ist das das Paket ipykernel in irgendeinem Python oder einer Umgebung; andere Sprachen haben eigene Kernel. Adrastea zeigt jeden Kernel, den Jupyter findet.",
  helpFailed: "Diese Seite des Handbuchs konnte nicht geladen werden.",
  close: "Schließen",
};
