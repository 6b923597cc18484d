/** Whether outputs are drawn for paper: all of each is shown, nothing can be pressed, nothing runs. */
import { type ComponentType, createContext } from "preact";
import type { WidgetOutputProps } from "./place";

export const OnPaper = createContext(false);

/** How a widget looks on it; null where there are none. */
export const PaperWidget = createContext<ComponentType<WidgetOutputProps> | null>(null);
