/**
 * Zoom: by the web view where the window can do that (sharper, and right for menus and lines), by the page's style where
 * it cannot. In the window Ctrl and the wheel zoom too, as in a browser, and with them a touchpad's pinch.
 */
import { effect } from "@preact/signals";
import { type Preferences, ZOOM } from "../workspace/settings/preferences";
import type { Bridge } from "./nativeBridge";

const STEP = 60; // pixels of the wheel that are one step

/** Ties the preference to the page; gives back how to untie it. */
export function tieZoom(preferences: Preferences, bridge: Bridge, page: Window): () => void {
  const root = page.document.documentElement;
  const byStyle = (percent: number): void => {
    root.style.setProperty("zoom", percent === 100 ? "" : `${percent}%`);
  };
  let asked = 0;
  const stop = effect(() => {
    const percent = preferences.zoom.value;
    const mine = ++asked;
    if (!bridge.isNative()) {
      byStyle(percent);
      return;
    }
    void bridge.setZoom(percent / 100).then((done) => {
      if (mine === asked) byStyle(done ? 100 : percent);
    });
  });
  let turned = 0;
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey || !bridge.isNative()) return;
    event.preventDefault();
    if (Math.sign(event.deltaY) !== Math.sign(turned)) turned = 0;
    turned += event.deltaY;
    const steps = Math.trunc(turned / STEP);
    turned -= steps * STEP;
    if (steps !== 0) preferences.setZoom(preferences.zoom.peek() - steps * ZOOM.step);
  };
  page.addEventListener("wheel", wheel, { passive: false });
  return () => {
    stop();
    page.removeEventListener("wheel", wheel);
  };
}
