/** What moving cells says, in English. */
import { translated } from "./language";
import { plural } from "./plural";

export const dragText = translated("drag", {
  cells: (count: number) => plural(count, "cell"),
  command: "Move cells to…",
  title: (count: number) => `Move ${plural(count, "cell")}`,
  after: "Behind the cell with the number",
  beginning: "To the beginning",
  end: (last: number) => `0 is the beginning, ${last} the end.`,
  move: "Move",
  cancel: "Cancel",
});
