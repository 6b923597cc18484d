/** The commands of find and replace. They act wherever the focus is in the window, as long as the notebook is in front. */
import { findText } from "../../i18n/find";
import { notebookText } from "../../i18n/notebook";
import type { CommandSketch } from "../commands";
import type { OpenNotebook } from "../openNotebook";

const { commands: titles } = findText;
const ONE_LINE = /^[^\n]{1,200}$/; // what is looked for when it is selected

export function findCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { find } = notebook;
  const category = notebookText.categories.edit;
  const open = (fields: "find" | "replace") => (): void => void find.open(fields, selectedText(notebook));
  const isLooking = (): boolean => (find.store.value?.query.value.text ?? "") !== "";
  const step = (by: 1 | -1) => (): void => {
    const store = find.store.peek();
    if (store === null || store.shown.peek() === null) void find.open("find");
    else store.step(by);
  };
  return [
    { id: "document.find", title: titles.find, category, icon: "search", keys: ["Mod+F", "F"], run: open("find") },
    { id: "document.replace", title: titles.replace, category, keys: ["Mod+H"], run: open("replace") },
    {
      id: "document.find-next",
      title: titles.next,
      category,
      keys: ["Mod+G"],
      enabled: isLooking,
      run: step(1),
    },
    {
      id: "document.find-previous",
      title: titles.previous,
      category,
      keys: ["Mod+Shift+G"],
      enabled: isLooking,
      run: step(-1),
    },
  ];
}

function selectedText({ editor, store }: OpenNotebook): string {
  const text =
    store.selection.mode.peek() === "edit" ? editor.selectedText : (document.getSelection()?.toString() ?? "");
  return ONE_LINE.test(text) ? text : "";
}
