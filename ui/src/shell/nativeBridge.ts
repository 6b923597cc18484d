/**
 * The few calls from the page to the native window, and what a browser does instead.
 *
 * The window offers `window.pywebview.api`; it appears some time after the page has loaded, so it is looked up at each
 * call. Every call may fail or come back with nothing (the dialog was cancelled): the page goes on.
 */

import { signal } from "@preact/signals";
import { copyImage } from "../design/copyImage";
import { base64Of, blobOf } from "../wire/base64";
import { serverUrl } from "../wire/http";

interface WindowApi {
  open_file_dialog?(): Promise<unknown>;
  open_folder_dialog?(): Promise<unknown>;
  save_file_dialog?(name: string): Promise<unknown>;
  set_title?(title: string): Promise<unknown>;
  open_log_folder?(): Promise<unknown>;
  quit?(): Promise<unknown>;
  open_pdf?(path: string): Promise<unknown>;
  open_external?(url: string): Promise<unknown>;
  toggle_full_screen?(): Promise<unknown>;
  updates?(wish: string, value: string): Promise<unknown>;
  open_window?(folder: string | null): Promise<unknown>;
  close_window?(): Promise<unknown>;
  show_menu?(entries: string): Promise<unknown>;
  dropped_paths?(): Promise<unknown>;
  zoom?(factor: number): Promise<unknown>;
  pasted_image?(): Promise<unknown>;
  copy_image?(base64: string): Promise<unknown>;
  notify?(title: string, text: string, path: string): Promise<unknown>;
}

export interface Bridge {
  /** Whether the page is in the native window; a signal's value, for it is known a moment after the page has begun. */
  isNative(): boolean;
  /** Paths chosen in the system's dialog; none when it was cancelled or there is no such dialog. */
  openFileDialog(): Promise<readonly string[]>;
  openFolderDialog(): Promise<string | null>;
  saveFileDialog(name: string): Promise<string | null>;
  setTitle(title: string): void;
  /** Shows the folder of the log in the system's file manager; a browser cannot. */
  openLogFolder(): void;
  quit(): void;
  openExternal(url: string): void;
  /** Whether the system shows a PDF of the workspace with its own program; a browser cannot. */
  openPdf(path: string): Promise<boolean>;
  toggleFullScreen(): void;
  /** What the window knows of new versions, after a wish; nothing in a browser. */
  updates(wish: string, value: string): Promise<unknown>;
  /** The window of a folder, by its path in the system, or a new one without a folder. */
  openWindow(folder: string | null): void;
  closeWindow(): void;
  /** Ends the login of this browser; the login page follows. The window has none of its own. */
  logOut(): void;
  /** What the native menu bar shows, as JSON. */
  showMenu(entries: string): void;
  /** Shows the page so many times as large; `false` where the page has to do that. */
  setZoom(factor: number): Promise<boolean>;
  /** The image on the system's clipboard, or that there is none; `null` in a browser, which tells when it pastes. */
  pastedImage(): Promise<Blob | null> | null;
  /** Whether an image is on the clipboard now. */
  copyImage(png: Blob): Promise<boolean>;
  /** A notice of the system; whoever follows it sees the notebook at that path. */
  notify(title: string, text: string, path: string): void;
  /** Where the files lie that were dropped last; none where nobody tells. */
  droppedPaths(): Promise<readonly string[]>;
}

/** The bridge of this page. `page` is the window that it runs in. */
export function createBridge(page: Window): Bridge {
  const api = (): WindowApi | null => (page as Window & { pywebview?: { api?: WindowApi } }).pywebview?.api ?? null;
  const native = signal(api() !== null);
  page.addEventListener("pywebviewready", () => (native.value = true));
  return {
    isNative: () => native.value || api() !== null,
    openFileDialog: async () => texts(await api()?.open_file_dialog?.()),
    openFolderDialog: async () => texts(await api()?.open_folder_dialog?.())[0] ?? null,
    saveFileDialog: async (name) => texts(await api()?.save_file_dialog?.(name))[0] ?? null,
    droppedPaths: async () => texts(await api()?.dropped_paths?.()),
    notify: (title, text, path) => quietly(() => api()?.notify?.(title, text, path)),
    setZoom: async (factor) => (await api()?.zoom?.(factor)) === true,
    pastedImage: () => {
      const asked = api()?.pasted_image?.();
      if (asked === undefined) return null;
      return asked.then((png) => (typeof png === "string" ? blobOf(png, "image/png") : null));
    },
    copyImage: async (png) => (await api()?.copy_image?.(await base64Of(png))) === true || copyImage(png),
    setTitle: (title) => {
      page.document.title = title;
      quietly(() => api()?.set_title?.(title));
    },
    openLogFolder: () => quietly(() => api()?.open_log_folder?.()),
    quit: () => {
      const native = api();
      if (native?.quit) quietly(() => native.quit?.());
      else page.close();
    },
    openPdf: async (path) => (await api()?.open_pdf?.(path)) === true,
    openExternal: (url) => {
      const native = api();
      if (native?.open_external) quietly(() => native.open_external?.(url));
      else page.open(url, "_blank", "noopener");
    },
    updates: async (wish, value) => await api()?.updates?.(wish, value),
    toggleFullScreen: () => {
      const native = api();
      if (native?.toggle_full_screen) quietly(() => native.toggle_full_screen?.());
      else if (page.document.fullscreenElement) quietly(() => page.document.exitFullscreen());
      else quietly(() => page.document.documentElement.requestFullscreen());
    },
    openWindow: (folder) => {
      const native = api();
      if (native?.open_window) quietly(() => native.open_window?.(folder));
      else page.open(page.location.href, "_blank", "noopener");
    },
    closeWindow: () => {
      const native = api();
      if (native?.close_window) quietly(() => native.close_window?.());
      else page.close();
    },
    logOut: () => page.location.assign(serverUrl("logout", page.document.baseURI)),
    showMenu: (entries) => quietly(() => api()?.show_menu?.(entries)),
  };
}

/** What a dialog answered: a path, several, or nothing. */
function texts(answer: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  return list.filter((item): item is string => typeof item === "string" && item !== "");
}

/** A call whose failure concerns nobody: the window is going, or the browser refuses. */
function quietly(call: () => Promise<unknown> | undefined): void {
  try {
    call()?.catch(() => undefined);
  } catch {
    // the same: refused at once instead of later
  }
}
