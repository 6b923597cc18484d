/** Whether outputs are drawn for paper: all of each is shown, nothing can be pressed, nothing runs. */
import { createContext } from "preact";

export const OnPaper = createContext(false);
