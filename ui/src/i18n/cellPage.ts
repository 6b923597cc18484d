/** What the page about a cell in the inspector says: tags, attachments, metadata. In English. */
import { translated } from "./language";

export const cellPageText = translated("cellPage", {
  command: "Edit tags and metadata",
  none: "No cell is selected.",
  about: (place: number, kind: string) => `${kind} ${place}`,
  tags: "Tags",
  noTags: "No tags yet.",
  addTag: "Add a tag",
  addTagHint: "Enter adds it",
  removeTag: (tag: string) => `Remove the tag ${tag}`,
  attachments: "Attachments",
  removeAttachment: (name: string) => `Remove ${name}`,
  unused: "not used in the text",
  cellMetadata: "Metadata of the cell",
  notebookMetadata: "Metadata of the notebook",
  apply: "Apply",
  revert: "Revert",
  notObject: "Metadata is an object: { … }",
  wrong: (line: number, column: number) => `This is no JSON from line ${line}, column ${column} on.`,
});
