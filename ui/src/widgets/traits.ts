/** Traits as what they should be, whatever the kernel has sent; and the place in which a widget is shown. */
import { createContext } from "preact";
import { useContext, useId } from "preact/hooks";
import type { WidgetModel, WidgetState } from "./widgetModel";
import type { WidgetStore } from "./widgetStore";

/** Where a widget stands. */
export interface Place {
  readonly store: WidgetStore;
  /** The cell whose output shows it. */
  readonly cell: string | null;
  /** For readers: "cell 12". */
  readonly cellLabel: string;
  readonly trusted: boolean;
  readonly folder: string;
}

export const WidgetPlace = createContext<Place | null>(null);

export function usePlace(): Place {
  const place = useContext(WidgetPlace);
  if (place === null) throw new Error("A widget stands nowhere.");
  return place;
}

/** What a view needs: the state as it is now, and the ways to change it and to speak to the kernel. */
export interface Widget {
  readonly model: WidgetModel;
  readonly state: WidgetState;
  readonly disabled: boolean;
  /** For the `id` of its field, unique in the page. */
  readonly fieldId: string;
  readonly set: (changes: WidgetState) => void;
  readonly send: (content: unknown, buffers?: readonly unknown[]) => void;
}

export interface ViewProps {
  readonly model: WidgetModel;
}

export function useWidget(model: WidgetModel): Widget {
  const { store, cell } = usePlace();
  const fieldId = `widget-${model.id}-${useId()}`;
  const state = model.state.value;
  return {
    model,
    state,
    disabled: state["disabled"] === true || !model.alive.value,
    fieldId,
    set: (changes) => store.set(model, changes, cell),
    send: (content, buffers) => store.send(model, content, cell, buffers),
  };
}

export function textIn(state: WidgetState, name: string, otherwise = ""): string {
  const value = state[name];
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : otherwise;
}

/** The text of a trait that may be null, undefined where there is none. */
export function textOrNone(state: WidgetState, name: string): string | undefined {
  const text = textIn(state, name);
  return text === "" ? undefined : text;
}

export function numberIn(state: WidgetState, name: string, otherwise: number): number {
  const value = state[name];
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

export function numberOrNone(state: WidgetState, name: string): number | undefined {
  const value = state[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function flagIn(state: WidgetState, name: string, otherwise = false): boolean {
  const value = state[name];
  return typeof value === "boolean" ? value : otherwise;
}

export function textsIn(state: WidgetState, name: string): readonly string[] {
  const value = state[name];
  return Array.isArray(value) ? value.map((item: unknown) => (typeof item === "string" ? item : String(item))) : [];
}

export function numbersIn(state: WidgetState, name: string): readonly number[] {
  const value = state[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}

/** A placeholder; ipywidgets' own is a blank that takes no room. */
export function placeholderIn(state: WidgetState): string {
  return textIn(state, "placeholder").replace("\u200b", "");
}
