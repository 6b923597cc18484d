/**
 * What the stores do to the window: theme, zoom, title, how wide it is, which tabs come back after a reload, and the
 * question before it closes while something would be lost.
 */
import { computed, effect } from "@preact/signals";
import { NARROW } from "../design/narrow";
import { contrastQuery, showDensity, showImageBacking, showTheme } from "../design/theme";
import { folderOf, nameOf } from "../workspace/paths";
import type { Storage } from "../workspace/settings/storage";
import { tieAnnouncements } from "./announcements";
import { tieKernels } from "./firstRequests";
import { tieGoing } from "./goingSlot";
import { keepTabs } from "./keptTabs";
import { tieNativeMenu } from "./nativeMenu";
import { refocusDocument } from "./regions";
import type { Shell } from "./shell";
import { windowTitle } from "./statusText";
import { pathOf } from "./tabsStore";
import { tieZoom } from "./zooming";

/** Ties the shell to the window; gives back how to untie it. */
export function tieToWindow(shell: Shell, page: Window, memory: Storage): () => void {
  const ends = [
    tieLook(shell, page),
    tieZoom(shell.preferences, shell.bridge, page),
    tieTitle(shell),
    tieNativeMenu(shell),
    tieAnnouncements(shell),
    tieTabs(shell, memory),
    tieWaking(shell),
    tieDocumentFocus(shell, page),
    tieWidth(shell, page),
    tieFocus(shell, page),
    tieRunning(shell),
    tieKernels(shell),
    tieClosing(shell, page),
    tieGoing(shell, page),
    shell.printing.listen(),
  ];
  return () => ends.forEach((end) => end());
}

/** Theme and density; what the system asks for is heard while the page is open. */
function tieLook({ preferences }: Shell, page: Window): () => void {
  const root = page.document.documentElement;
  const query = contrastQuery(page);
  const show = (): void => showTheme(root, preferences.theme.value, query.matches);
  query.addEventListener("change", show);
  const stops = [
    effect(show),
    effect(() => showDensity(root, preferences.density.value)),
    effect(() => showImageBacking(root, preferences.imageBacking.value)),
  ];
  return () => {
    query.removeEventListener("change", show);
    stops.forEach((stop) => stop());
  };
}

function tieTitle(shell: Shell): () => void {
  const title = computed(() => {
    const path = pathOf(shell.tabs.active.value.view);
    return windowTitle({
      name: path === null ? null : nameOf(path),
      folder: shownFolder(shell, path),
      among: shell.label.value !== null,
      unsaved: shell.activeDocument.value?.unsaved.value ?? false,
      status: shell.status.value,
    });
  });
  return effect(() => {
    shell.bridge.isNative(); // the window wants to hear the title too, as soon as it is there
    shell.bridge.setTitle(title.value);
  });
}

/** The window's own folder, by the name that tells it apart; a document from elsewhere shows where it lies. */
function shownFolder(shell: Shell, path: string | null): string {
  const own = shell.ownFolder ?? "";
  const isInside = own !== "" && (path === null || path.startsWith(`${own}/`));
  if (isInside) return shell.label.value ?? nameOf(own);
  return path === null ? "" : nameOf(folderOf(path));
}

function tieTabs(shell: Shell, memory: Storage): () => void {
  const paths = computed(() => shell.tabs.tabs.value.map((tab) => pathOf(tab.view)).filter((path) => path !== null));
  const active = computed(() => pathOf(shell.tabs.active.value.view));
  let first = true;
  return effect(() => {
    const kept = { paths: paths.value, active: active.value, folder: shell.files.folder.value };
    if (!first) keepTabs(memory, kept);
    first = false;
  });
}

/** A tab that was restored is loaded when it is looked at. */
function tieWaking(shell: Shell): () => void {
  const asleep = computed(() => {
    const { view } = shell.tabs.active.value;
    return view.kind === "asleep" ? view.path : null;
  });
  return effect(() => {
    if (asleep.value === null) return;
    queueMicrotask(() => {
      if (asleep.value !== null) void shell.opening.open(asleep.value);
    });
  });
}

/** When another tab comes to the front, or its document has come, the focus is in it. */
function tieDocumentFocus(shell: Shell, page: Window): () => void {
  const front = computed(() => `${shell.tabs.active.value.id} ${String(shell.activeDocument.value !== null)}`);
  let first = true;
  return effect(() => {
    const shown = front.value !== "";
    if (shown && !first) page.requestAnimationFrame(() => page.setTimeout(() => refocusDocument(page.document)));
    first = false;
  });
}

function tieWidth(shell: Shell, page: Window): () => void {
  const query = page.matchMedia(NARROW);
  const told = (): void => shell.setNarrow(query.matches);
  told();
  query.addEventListener("change", told);
  return () => query.removeEventListener("change", told);
}

/** Files may have changed while the window was away. */
function tieFocus(shell: Shell, page: Window): () => void {
  const refresh = (): void => {
    if (!shell.sideVisible) return;
    if (shell.panel.value === "running") void shell.running.refresh();
    else if (shell.files.renaming.value === null) void shell.files.refresh();
  };
  page.addEventListener("focus", refresh);
  return () => page.removeEventListener("focus", refresh);
}

const SETTLE = 250; // milliseconds: a run of many short cells asks for the list once, not a thousand times

/** The list of running kernels follows what the open notebooks say about theirs. */
function tieRunning(shell: Shell): () => void {
  const words = computed(() =>
    [...shell.opening.documents.value.values()].map((document) => {
      const word = document.status.value.kernel?.word ?? "none";
      const shown = shell.sideVisible && shell.panel.value === "running";
      return shown ? word : word === "none" || word === "dead" ? word : "alive";
    }),
  );
  const key = computed(() => words.value.join());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    if (key.value === "") return;
    clearTimeout(timer);
    timer = setTimeout(() => void shell.running.refresh(), SETTLE);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function tieClosing(shell: Shell, page: Window): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (hasUnsaved(shell)) event.preventDefault();
  };
  page.addEventListener("beforeunload", ask);
  return () => page.removeEventListener("beforeunload", ask);
}

/** Whether work would be gone if the window closed now. */
export function hasUnsaved(shell: Shell): boolean {
  return [...shell.opening.documents.value.values()].some((document) => document.wouldLose.value);
}
