/**
 * A notice when a long run has ended while the user was elsewhere. In the window it is the system's; a browser shows one
 * only after the user has switched that on.
 */
import { en } from "../i18n/en";
import { duration } from "../wire/duration";
import { nameOf } from "../workspace/paths";
import type { Preferences } from "../workspace/settings/preferences";
import type { RunEnd } from "./document";
import type { Bridge } from "./nativeBridge";
import type { ToastsStore } from "./toastsStore";

export interface RunNoticesParts {
  readonly preferences: Preferences;
  readonly bridge: Bridge;
  readonly toasts: Pick<ToastsStore, "show">;
  readonly page: Window;
  readonly open: (path: string) => void;
}

export class RunNotices {
  readonly #parts: RunNoticesParts;

  constructor(parts: RunNoticesParts) {
    this.#parts = parts;
  }

  /** Whether notices are shown; a signal's value. Nobody has to switch them on in the window. */
  get on(): boolean {
    const { preferences, bridge } = this.#parts;
    return preferences.notices.value ?? bridge.isNative();
  }

  /** Switches them on or off; a browser asks the user first, who may refuse. */
  async set(on: boolean): Promise<void> {
    const { preferences, bridge, toasts, page } = this.#parts;
    if (on && !bridge.isNative() && (await permission(page)) !== "granted") {
      toasts.show(en.notices.refused, "error");
      preferences.setNotices(false);
      return;
    }
    preferences.setNotices(on);
  }

  /** A run of the notebook at a path has ended. */
  ended(path: string, end: RunEnd): void {
    const { preferences, bridge, page, open } = this.#parts;
    if (!this.on || end.seconds < preferences.noticeAfter.value || page.document.hasFocus()) return;
    const name = nameOf(path);
    const text = sentence(end);
    if (bridge.isNative()) {
      bridge.notify(name, text, path);
      return;
    }
    if (!("Notification" in page) || Notification.permission !== "granted") return;
    const notice = new Notification(name, { body: text, tag: path });
    notice.onclick = () => {
      page.focus();
      open(path);
      notice.close();
    };
  }
}

/** How a run ended and how long it took, in words. */
export function sentence({ outcome, error, seconds }: RunEnd): string {
  const text = en.notices;
  const time = duration(seconds);
  if (outcome === "failed") return error === "" ? text.failed(time) : text.failedWith(error, time);
  return text[outcome](time);
}

async function permission(page: Window): Promise<NotificationPermission> {
  return "Notification" in page ? Notification.requestPermission() : "denied";
}
