import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPreferences, type Preferences } from "../workspace/settings/preferences";
import { createStorage } from "../workspace/settings/storage";
import { createBridge } from "./nativeBridge";
import { tieZoom } from "./zooming";

let preferences: Preferences;
let asked: number[];
let can: boolean;
let stop: () => void = () => undefined;

function tie(isNative: boolean): void {
  const api = { zoom: (factor: number) => Promise.resolve((asked.push(factor), can)) };
  const page = Object.assign(Object.create(window) as Window, isNative ? { pywebview: { api } } : {});
  Object.assign(page, { addEventListener: window.addEventListener.bind(window), document });
  stop = tieZoom(preferences, createBridge(page), page);
}
const turn = (deltaY: number, ctrlKey = true): boolean => {
  const event = new WheelEvent("wheel", { deltaY, cancelable: true });
  Object.defineProperty(event, "ctrlKey", { value: ctrlKey });
  return !window.dispatchEvent(event);
};
const style = (): string => document.documentElement.style.getPropertyValue("zoom");

beforeEach(() => {
  preferences = createPreferences(createStorage(() => null));
  asked = [];
  can = true;
});

afterEach(() => {
  stop();
  document.documentElement.style.removeProperty("zoom");
});

test("in a browser the page's style zooms, and the wheel is the browser's", () => {
  tie(false);
  preferences.setZoom(150);
  expect([style(), asked, turn(-100)]).toEqual(["150%", [], false]);
});

test("in the window its web view zooms, and the page does not do it a second time", async () => {
  tie(true);
  preferences.setZoom(150);
  await vi.waitFor(() => expect(asked).toEqual([1, 1.5]));
  expect(style()).toBe("");
});

test("a window that cannot leaves it to the page", async () => {
  can = false;
  tie(true);
  preferences.setZoom(80);
  await vi.waitFor(() => expect(style()).toBe("80%"));
});

test("Ctrl and the wheel zoom by steps, up is larger", () => {
  tie(true);
  expect(turn(-120)).toBe(true);
  expect(preferences.zoom.value).toBe(120);
  turn(30);
  turn(30);
  expect(preferences.zoom.value).toBe(110);
  expect(turn(-120, false)).toBe(false);
});
