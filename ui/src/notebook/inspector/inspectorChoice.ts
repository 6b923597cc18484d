/** What the inspector shows, and how wide it is: one for all notebooks of the window, which remembers it. */
import { type Signal, signal } from "@preact/signals";

/** What the inspector at the right can show. */
export type InspectorPage = "outline" | "help" | "cell";
export const INSPECTOR_PAGES: readonly InspectorPage[] = ["outline", "help", "cell"];

export interface InspectorChoice {
  /** Null: it is hidden. */
  readonly page: Signal<InspectorPage | null>;
  /** Pixels. */
  readonly width: { readonly value: number };
  readonly range: { readonly smallest: number; readonly usual: number; readonly largest: number };
  setWidth(pixels: number): void;
  /** Whether the outline has code cells too. */
  readonly outlineCode: { readonly value: boolean };
  setOutlineCode(on: boolean): void;
}

/** For a notebook whose window remembers nothing. */
export function usualInspector(): InspectorChoice {
  const width = signal(280);
  const outlineCode = signal(false);
  return {
    page: signal(null),
    width,
    range: { smallest: 220, usual: 280, largest: 480 },
    setWidth: (pixels) => (width.value = pixels),
    outlineCode,
    setOutlineCode: (on) => (outlineCode.value = on),
  };
}

export function inspectorPage(name: string): InspectorPage | null {
  return INSPECTOR_PAGES.find((page) => page === name) ?? null;
}
