/** The style sheet of exported pages: the tokens of the window, the colours of code, the look of text, and their order. */
import codeSheet from "../../editor/codeEditor.css?inline";
import tokens from "../../design/tokens.css?inline";
import markdownSheet from "../../markdown/markdown.module.css?inline";
import { markdownClass } from "../../markdown/markdown";
import mathSheet from "temml/dist/Temml-Local.css?inline";
import shadowSheet from "../../outputs/shadowHtml.css?inline";
import ownSheet from "./export.css?inline";

export const EXPORT_STYLES = [
  tokens,
  codeSheet,
  mathSheet.replace(/@font-face\s*\{[^}]*\}/g, ""), // nothing is loaded
  markdownClass === "" ? markdownSheet : markdownSheet.replaceAll(`.${markdownClass}`, ".markdown"),
  `.html {\n${shadowSheet.replace(":host", "&").replace(/::highlight\([^)]*\)\s*\{[^}]*\}/g, "")}\n}`,
  ownSheet,
].join("\n");
