/** What is said when the server cannot be asked. What it says itself: `de/fromServer.ts`. */
import { translated } from "./language";

export const wireText = translated("wire", {
  fileUnreadable: "The file cannot be read.",
  imageNotDrawn: "The image cannot be drawn.",
  noAnswer: "The server does not answer.",
  senseless: (reason: string) => `The server gave an answer that makes no sense: ${reason}.`,
  answered: (status: number) => `The server answered ${status}.`,
});
