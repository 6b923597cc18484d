/** What is said to somebody who has no Python kernel yet, or wants another one. Loaded with the dialogs. */
import { translated } from "./language";

export const kernelSetupText = translated("kernelSetup", {
  chooseTitle: "Choose an interpreter",
  chooseText: "A Python with the package ipykernel becomes a kernel that every notebook can use.",
  found: "Found on this computer",
  looking: "Looking for Pythons…",
  noneFound: "No Python was found in the usual places.",
  path: "Path of a Python, or of an environment’s folder",
  browse: "Browse…",
  use: "Use this Python",
  asking: "Asking it…",
  bare: (python: string) => `${python} has no ipykernel, without which it cannot be a kernel.`,
  install: "Install ipykernel",
  installHow: "It can be installed there by this command, or by the button below:",
  copy: "Copy command",
  createTitle: "Create an environment",
  createText:
    "A folder with a Python of its own and ipykernel in it. Its packages come from the package index, so this needs the network.",
  folder: "Folder of the new environment",
  python: "Made with",
  anyPython: "the first Python that is found",
  create: "Create environment",
  workingTitle: (environment: boolean) => (environment ? "Creating the environment" : "Installing ipykernel"),
  failedTitle: (environment: boolean) =>
    environment ? "The environment could not be created" : "ipykernel could not be installed",
  output: "What the programs have said",
  cancel: "Cancel",
  again: "Try again",
  createInstead: "Create environment…",
  back: "Back",
  done: (kernel: string) => `${kernel} can be used now.`,
  helpTitle: "Kernels",
  helpText:
    "A kernel runs the code of a notebook. For Python it is the package ipykernel in some Python or environment; other languages have kernels of their own. Adrastea shows every kernel that Jupyter finds.",
  helpFailed: "This page of the manual could not be loaded.",
  close: "Close",
});
