/** The commands of the window itself. Those of a document come from the document. */
import type { Command } from "../design/command";
import { THEMES } from "../design/theme";
import { en } from "../i18n/en";
import { ZOOM } from "../workspace/settings/preferences";
import { chooseFile, chooseFolder, saveAs } from "./choosing";
import { otherLanguage } from "./languageChange";
import { going } from "./goingSlot";
import type { Shell } from "./shell";

/** Keys that a browser keeps, or does better itself: there they are left to it, the palette still has the command. */
export const BROWSER_OWNED: ReadonlySet<string> = new Set([
  "view.zoom-in",
  "view.zoom-out",
  "view.zoom-reset",
  "view.full-screen",
  "file.new-window",
  "file.close-window",
  "app.quit",
]);

type Simple = readonly [
  id: string,
  title: string,
  category: string,
  keys: readonly string[],
  run: () => unknown,
  icon?: string,
];

export function shellCommands(shell: Shell): readonly Command[] {
  return [...fileCommands(shell), ...viewCommands(shell), ...goCommands(shell), ...helpCommands(shell)];
}

function fileCommands(shell: Shell): readonly Command[] {
  const { file } = en.categories;
  const title = en.commands;
  return simple([
    ["file.new-notebook", title.newNotebook, file, [], () => shell.newNotebook(), "plus"],
    ["file.open", title.open, file, ["Mod+O"], () => chooseFile(shell), "file"],
    ["file.open-folder", title.openFolder, file, ["Mod+Shift+O"], () => chooseFolder(shell), "folder"],
    [
      "file.close",
      title.close,
      file,
      ["Alt+W", "Mod+W"],
      () => shell.opening.close(shell.tabs.active.value.id),
      "close",
    ],
    ["file.new-window", title.newWindow, file, ["Mod+Shift+N"], () => shell.bridge.openWindow(null)],
    ["file.close-window", title.closeWindow, file, ["Mod+Shift+W"], () => shell.bridge.closeWindow()],
    ["app.quit", title.quit, file, ["Mod+Q"], () => shell.bridge.quit()],
  ]).concat(
    // Documents bring their own; this one stands for it where there is none, so that the key does not reach the browser.
    {
      id: "document.save",
      title: title.save,
      category: file,
      icon: "save",
      keys: ["Mod+S"],
      enabled: () => false,
      run: () => undefined,
    },
    {
      id: "file.save-as",
      title: title.saveAs,
      category: file,
      keys: ["Mod+Shift+S"],
      enabled: () => shell.activeDocument.value !== null,
      run: () => saveAs(shell),
    },
    {
      id: "document.print",
      title: title.print,
      category: file,
      keys: ["Mod+Alt+P"],
      enabled: () => shell.activeDocument.value?.paper != null,
      run: () => shell.printing.print(),
    },
    {
      id: "app.log-out",
      title: title.logOut,
      category: file,
      keys: [],
      enabled: () => !shell.bridge.isNative(),
      run: () => shell.bridge.logOut(),
    },
  );
}

function viewCommands(shell: Shell): readonly Command[] {
  const { view } = en.categories;
  const title = en.commands;
  const { preferences } = shell;
  const zoom = (steps: number) => preferences.setZoom(preferences.zoom.value + steps * ZOOM.step);
  const nextTheme = () => THEMES[(THEMES.indexOf(preferences.theme.value) + 1) % THEMES.length] ?? "system";
  return simple([
    [
      "view.palette",
      title.palette,
      view,
      ["Mod+Shift+P", "F1", "Mod+Shift+C", "P"],
      () => shell.showPalette(""),
      "search",
    ],
    ["view.side-panel", title.sidePanel, view, ["Mod+B"], () => shell.toggleSide(), "menu"],
    ["view.files", title.files, view, ["Alt+1"], () => shell.showPanel("files"), "files"],
    ["view.running", title.running, view, ["Alt+4"], () => shell.showPanel("running"), "running"],
    ["view.settings", title.settings, view, ["Mod+,"], () => shell.tabs.open({ kind: "settings" }), "settings"],
    ["view.theme", title.theme, view, [], () => preferences.setTheme(nextTheme())],
    [
      "view.density",
      title.density,
      view,
      [],
      () => preferences.setDensity(preferences.density.value === "compact" ? "comfortable" : "compact"),
    ],
    ["view.language", title.language, view, [], () => shell.chooseLanguage(otherLanguage())],
    ["view.notices", title.notices, view, [], () => shell.notices.set(!shell.notices.on)],
    ["view.zoom-in", title.zoomIn, view, ["Mod+=", "Mod++"], () => zoom(1)],
    ["view.zoom-out", title.zoomOut, view, ["Mod+-"], () => zoom(-1)],
    ["view.zoom-reset", title.zoomReset, view, ["Mod+0"], () => preferences.setZoom(ZOOM.usual)],
    ["view.full-screen", title.fullScreen, view, ["F11"], () => shell.bridge.toggleFullScreen()],
  ]).concat({
    id: "view.simple",
    title: title.simple,
    category: view,
    keys: ["Mod+Shift+D"],
    when: "command", // in an editor it is one more caret
    enabled: () => true,
    run: () => preferences.setSimple(!preferences.simple.value),
  });
}

function goCommands(shell: Shell): readonly Command[] {
  const { go } = en.categories;
  const title = en.commands;
  const step = (id: string, name: string, keys: readonly string[], by: 1 | -1): Command => ({
    id,
    title: name,
    category: go,
    keys,
    enabled: () => going.value?.can(by) ?? false,
    run: () => going.peek()?.go(by),
  });
  return [
    step("go.back", title.back, [shell.mac ? "Ctrl+-" : "Alt+Left"], -1), // on a Mac, Alt and an arrow move by words
    step("go.forward", title.forward, [shell.mac ? "Ctrl+Shift+-" : "Alt+Right"], 1),
    ...simple([
      ["go.place", title.goToPlace, go, ["Mod+P"], () => shell.showPalette("@")],
      ["go.line", title.goToLine, go, [], () => shell.showPalette(":")],
      ["go.next-tab", title.nextTab, go, ["Mod+Shift+]", "Mod+PageDown"], () => shell.tabs.step(1)],
      ["go.previous-tab", title.previousTab, go, ["Mod+Shift+[", "Mod+PageUp"], () => shell.tabs.step(-1)],
      ["go.next-region", title.nextRegion, go, ["F6"], () => shell.cycleRegion(1)],
      ["go.previous-region", title.previousRegion, go, ["Shift+F6"], () => shell.cycleRegion(-1)],
    ]),
  ];
}

function helpCommands(shell: Shell): readonly Command[] {
  const { help } = en.categories;
  const title = en.commands;
  return simple([
    ["help.keyboard", title.keyboard, help, ["Mod+Shift+H", "H"], () => shell.show("keyboard")],
    ["help.welcome", title.welcome, help, [], () => shell.tabs.open({ kind: "welcome" })],
    ["kernel.choose-interpreter", title.chooseInterpreter, en.menus.Kernel, [], () => shell.show("interpreter")],
    ["kernel.create-environment", title.createEnvironment, en.menus.Kernel, [], () => shell.show("environment")],
    ["help.kernels", title.aboutKernels, help, [], () => shell.show("kernelHelp")],
    ["help.report", title.report, help, [], () => shell.show("report")],
    ["help.about", title.about, help, [], () => shell.show("about")],
  ]);
}

function simple(rows: readonly Simple[]): Command[] {
  return rows.map(([id, title, category, keys, run, icon]) => ({
    id,
    title,
    category,
    keys,
    ...(icon !== undefined && { icon }),
    enabled: () => true,
    run: async () => {
      await run();
    },
  }));
}
