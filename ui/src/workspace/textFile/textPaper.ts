/** A text file on paper: its text as it stands in the editor, or its picture. */
import type { Paper } from "../../design/paper";
import { highlight, languageNamed, loadGrammar, staticCodeClass, staticCodeWrap } from "../../editor/staticCode";
import { nameOf } from "../paths";
import { languageOf } from "./languages";
import type { TextFileStore } from "./textFileStore";

export function textPaper(store: TextFileStore, fileUrl: (path: string) => string): Paper {
  const language = (): string => languageOf(store.path.peek());
  return {
    prepare: () => loadGrammar(languageNamed(language())),
    draw: (sheet) => {
      const load = store.load.peek();
      if (load.at === "text") {
        const text = document.createElement("pre");
        text.className = `${staticCodeClass} ${staticCodeWrap}`;
        text.innerHTML = highlight(store.text.peek(), language());
        sheet.append(text);
      }
      if (load.at === "image") {
        const path = store.path.peek();
        sheet.append(Object.assign(document.createElement("img"), { src: fileUrl(path), alt: nameOf(path) }));
      }
    },
    clear: (sheet) => sheet.replaceChildren(),
  };
}
