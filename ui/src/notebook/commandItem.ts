/** A command of a notebook as an entry of a menu, by its title or by another label. */
import type { MenuItem } from "../design/Menu";
import type { OpenNotebook } from "./openNotebook";

export function commandItem(notebook: OpenNotebook, id: string, label?: string): MenuItem {
  const command = notebook.commands.find((one) => one.id === id);
  return {
    label: label ?? command?.title ?? id,
    key: notebook.keysOf(id),
    disabled: command?.enabled() !== true,
    refusal: notebook.refusalOf(id),
    run: () => notebook.runCommand(id),
  };
}
