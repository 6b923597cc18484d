/** What PDF in outputs and in files says to a user; loaded with the first one. */
import { translated } from "./language";

export const pdfText = translated("pdf", {
  title: (cell: string) => `PDF in the output of ${cell}`,
  about: (size: string) => `PDF, ${size}`,
  taller: "Taller",
  lower: "Lower",
  damaged: "This PDF cannot be shown: its data are damaged.",
  none: "This output says that it is a PDF, and is none.",
  noViewer: (size: string) =>
    `PDF, ${size}. There is nothing here that shows PDF: save it, and open it with a program of yours.`,
  noneInFile: (size: string) => `This file has the name of a PDF, and is none (${size}).`,
  noViewerOfFile: (size: string) => `PDF, ${size}. There is nothing here that shows PDF.`,
  openInSystem: "Open with the system's viewer",
  notOpened: "The system has opened nothing for it.",
});
