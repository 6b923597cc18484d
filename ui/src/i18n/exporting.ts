/** What exporting says to a user, and what an exported page says to its reader, in English. */
import { translated } from "./language";
import { plural } from "./plural";

export const exportingText = translated("exporting", {
  commands: {
    html: "Export as HTML…",
    script: "Export as a script…",
    markdown: "Export as Markdown…",
    pdf: "Export as PDF…",
  },
  title: (name: string) => `Exporting ${name}`,
  cancel: "Cancel",
  writing: "Writing the file…",
  progress: (done: number, all: number) => `${done} of ${plural(all, "cell")}`,
  failed: (message: string) => `The notebook could not be exported: ${message}`,

  /** In the exported page. */
  page: {
    cell: (place: number) => `Output of cell ${place}`,
    live: "This output is live in the notebook; here is what stands for it.",
    liveNothing: "This output is live in the notebook, and has no form that stands still.",
    pdf: "PDF",
    image: "Image",
    error: "Error",
  },
});
