/** What is said while a package is installed by which an output is drawn, in English. Loaded with the first one. */
import { translated } from "./language";

export const packageInstallText = translated("packageInstall", {
  install: (name: string) => `Install ${name}`,
  where: (kernel: string) => `Into the environment of the kernel ${kernel}, from the package index`,
  working: (name: string) => `Installing ${name}…`,
  failed: (name: string, reason: string) => `${name} was not installed: ${reason}`,
  cancel: "Cancel",
  again: "Try again",
});
