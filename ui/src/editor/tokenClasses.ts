/**
 * Which class a piece of code gets. One table for the live editor and for the static highlighter, so that nothing
 * changes its colour when one takes the place of the other; codeEditor.css gives the classes their colours.
 */
import { tagHighlighter, tags as t } from "@lezer/highlight";

export const tokenClasses = tagHighlighter([
  { tag: [t.keyword, t.operatorKeyword, t.modifier, t.self, t.null, t.bool, t.atom], class: "tok-keyword" },
  { tag: [t.string, t.special(t.string), t.regexp, t.character, t.attributeValue], class: "tok-string" },
  { tag: [t.number, t.color, t.unit, t.escape], class: "tok-number" },
  { tag: [t.comment, t.docComment], class: "tok-comment" },
  { tag: [t.typeName, t.className, t.namespace, t.tagName, t.standard(t.tagName)], class: "tok-type" },
  { tag: [t.meta, t.annotation, t.macroName, t.documentMeta, t.processingInstruction], class: "tok-meta" },
  {
    tag: [
      t.function(t.variableName),
      t.function(t.definition(t.variableName)),
      t.function(t.propertyName),
      t.function(t.definition(t.propertyName)),
    ],
    class: "tok-function",
  },
  { tag: t.definition(t.className), class: "tok-type" },
  { tag: [t.operator, t.punctuation], class: "tok-operator" },
  { tag: [t.attributeName, t.labelName], class: "tok-function" },
  { tag: [t.link, t.url], class: "tok-link" },
  { tag: t.heading, class: "tok-heading" },
  { tag: t.emphasis, class: "tok-emphasis" },
  { tag: t.strong, class: "tok-strong" },
  { tag: t.strikethrough, class: "tok-deleted" },
  { tag: t.monospace, class: "tok-string" },
  { tag: t.quote, class: "tok-comment" },
  { tag: t.invalid, class: "tok-invalid" },
]);
