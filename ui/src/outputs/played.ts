/** What shows sounds, films and PDF: one chunk. */
export { MediaOutput } from "./MediaOutput";
export { PdfOutput } from "./PdfOutput";
