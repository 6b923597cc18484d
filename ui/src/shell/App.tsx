/** The window: the parts of the shell, shown. Everything it does, it does through the shell's stores and commands. */
import { IconButton } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Menu } from "../design/Menu";
import { Speaker, Voice } from "../design/Voice";
import { useChunk } from "../design/useChunk";
import { en } from "../i18n/en";
import { reportText } from "../i18n/report";
import { workspaceText } from "../i18n/workspace";
import { FilesPanel } from "../workspace/files/FilesPanel";
import { nameOf } from "../workspace/paths";
import { Dialogs } from "./Dialogs";
import { DocumentTab } from "./DocumentTab";
import styles from "./App.module.css";
import { showKeys } from "./keys";
import { Layout, type RailItem } from "./Layout";
import { menuItems } from "./menuBar";
import { tabTitles } from "./opening";
import { filesActions, leftAct, runningAct } from "./panelActions";
import { PaletteLayer } from "./PaletteLayer";
import type { Shell } from "./shell";
import { StatusBar } from "./StatusBar";
import { type StatusPart, statusParts } from "./statusText";
import { pathOf, type Tab } from "./tabsStore";
import { TabBar, type TabLabel } from "./TabBar";
import { Toasts } from "./Toasts";
import { UpdateNotice } from "./UpdateNotice";

/** What the status bar says in simple mode. */
const IN_SIMPLE: readonly StatusPart["id"][] = ["kernel", "save", "connection"];

export interface AppProps {
  readonly shell: Shell;
  readonly version: string;
}

export function App({ shell, version }: AppProps) {
  const { tabs, preferences } = shell;
  const active = tabs.active.value;
  const chord = shell.keymap.pending.value;
  const simple = preferences.simple.value;
  return (
    <Speaker.Provider value={shell.announcer}>
      <Layout
        tabs={<Strip shell={shell} />}
        rail={railItems(shell)}
        railEnd={settingsItem(shell)}
        railLabels={preferences.railLabels.value}
        side={<SidePanel shell={shell} />}
        sideWidth={preferences.sideWidth.value}
        setSideWidth={(pixels) => preferences.setSideWidth(pixels)}
        narrow={shell.narrow.value}
        panels={shell.sideVisible}
        hidePanels={() => shell.setSideVisible(false)}
        heading={titleOf(active)}
        document={tabs.tabs.value.map((tab) => (
          <div key={tab.id} class={`${styles.tab ?? ""} ${tab.id === active.id ? "" : (styles.hidden ?? "")}`}>
            <DocumentTab shell={shell} tab={tab} />
          </div>
        ))}
        status={
          <StatusBar
            parts={statusParts(shell.status.value).filter((part) => !simple || IN_SIMPLE.includes(part.id))}
            chord={chord === null ? null : showKeys(chord, shell.mac)}
          />
        }
      />
      <Layers shell={shell} version={version} />
      <Voice />
      <Dialogs store={shell.dialogs} />
      <Toasts store={shell.toasts}>
        <UpdateNotice store={shell.updates} openExternal={(url) => shell.bridge.openExternal(url)} />
      </Toasts>
    </Speaker.Provider>
  );
}

function Strip({ shell }: { readonly shell: Shell }) {
  const { tabs, opening, commands } = shell;
  const shown = shell.tabs.tabs.value;
  const titles = tabTitles(shown.map((tab) => pathOf(tab.view) ?? titleOf(tab)));
  const labels: readonly TabLabel[] = shown.map((tab, at) => ({
    id: tab.id,
    title: titles[at] ?? "",
    tooltip: pathOf(tab.view) ?? titleOf(tab),
    icon: iconOf(tab),
    unsaved: opening.documents.value.get(tab.id)?.unsaved.value ?? false,
  }));
  return (
    <>
      <IconButton
        icon="menu"
        label={en.commands.sidePanel}
        expanded={shell.sideVisible}
        onClick={() => void commands.run("view.side-panel")}
      />
      <TabBar
        tabs={labels.filter(({ id }) => !shell.preferences.simple.value || id === tabs.active.value.id)}
        active={tabs.active.value.id}
        activate={(id) => tabs.activate(id)}
        enter={(id) => shell.enterTab(id)}
        close={(id) => void opening.close(id)}
        newNotebook={() => void commands.run("file.new-notebook")}
      />
      <IconButton
        icon="search"
        label={en.tabs.search}
        title={`${en.tabs.search} (${showKeys("Mod+Shift+P", shell.mac)})`}
        onClick={() => void commands.run("view.palette")}
      />
      {!shell.bridge.isNative() && (
        <Menu label={en.tabs.menu} trigger={<Icon name="more" />} items={menuItems(shell.commands, shell.mac)} />
      )}
    </>
  );
}

function SidePanel({ shell }: { readonly shell: Shell }) {
  const open = (path: string) => void shell.openAndEnter(path);
  if (shell.panel.value === "running") {
    return <RunningSlot shell={shell} open={open} />;
  }
  const shown = pathOf(shell.tabs.active.value.view);
  return <FilesPanel store={shell.files} actions={filesActions(shell)} shownPath={shown} />;
}

/** The panel of running kernels is loaded when it is asked for. */
function RunningSlot({ shell, open }: { readonly shell: Shell; readonly open: (path: string) => void }) {
  const chunk = useChunk(
    true,
    () => import("../workspace/running/RunningPanel"),
    () => shell.showPanel("files"),
  );
  if (chunk === null) return null;
  return <chunk.RunningPanel store={shell.running} open={open} act={runningAct(shell)} actOnLeft={leftAct(shell)} />;
}

/** So is the report. */
function ReportSlot({ shell, close }: { readonly shell: Shell; readonly close: () => void }) {
  const chunk = useChunk(true, () => import("./Report"), close);
  if (chunk === null) return null;
  return (
    <chunk.Report
      store={shell.report}
      own={ownVersions(shell)}
      openFolder={shell.bridge.isNative() ? () => shell.bridge.openLogFolder() : null}
      close={close}
    />
  );
}

/** The keyboard map is loaded when it is asked for. */
function KeyboardSlot({ shell, close }: { readonly shell: Shell; readonly close: () => void }) {
  const chunk = useChunk(true, () => import("./KeyboardHelp"), close);
  if (chunk === null) return null;
  return <chunk.KeyboardHelp commands={shell.commands.all.value} mac={shell.mac} close={close} />;
}

/** So are the dialogs by which one comes to have a kernel. */
function KernelSetupSlot({ shell, what, close }: SetupSlotProps) {
  const chunk = useChunk(true, () => import("./kernelSetup/KernelSetup"), close);
  if (chunk === null) return null;
  return <chunk.KernelSetup {...chunk.setupOf(shell)} what={what} close={close} />;
}

interface SetupSlotProps {
  readonly shell: Shell;
  readonly what: "interpreter" | "environment";
  readonly close: () => void;
}

function KernelHelpSlot({ close }: { readonly close: () => void }) {
  const chunk = useChunk(true, () => import("./kernelSetup/KernelHelp"), close);
  return chunk === null ? null : <chunk.KernelHelp close={close} />;
}

function Layers({ shell, version }: AppProps) {
  const layer = shell.layer.value;
  const close = () => shell.closeLayer();
  switch (layer?.at) {
    case undefined:
      return null;
    case "palette":
      return <PaletteLayer shell={shell} initial={layer.initial} />;
    case "keyboard":
      return <KeyboardSlot shell={shell} close={close} />;
    case "interpreter":
    case "environment":
      return <KernelSetupSlot shell={shell} what={layer.at} close={close} />;
    case "kernelHelp":
      return <KernelHelpSlot close={close} />;
    case "report":
      return <ReportSlot shell={shell} close={close} />;
    case "about":
      return (
        <Dialog title={en.about.title} onCancel={close} cancelLabel={en.about.close} actions={[]}>
          <p>{en.about.text}</p>
          <p>{en.about.version(version)}</p>
        </Dialog>
      );
  }
}

/** What only the page knows about where it runs. */
function ownVersions(shell: Shell): readonly (readonly [string, string])[] {
  const found = shell.kernels.found.value;
  const kernels = found.at === "ready" ? found.list.map((kernel) => `${kernel.displayName} (${kernel.name})`) : [];
  return [
    [reportText.shownIn, shell.bridge.isNative() ? reportText.inWindow : reportText.inBrowser],
    [reportText.webView, navigator.userAgent],
    [reportText.kernels, kernels.length > 0 ? kernels.join(", ") : reportText.noKernel],
  ];
}

function railItems(shell: Shell): readonly RailItem[] {
  const { list } = shell.running;
  const kernels = list.value.at === "ready" ? list.value.kernels.filter((kernel) => kernel.state !== "dead").length : 0;
  const item = (id: "files" | "running", label: string, badge: number): RailItem => ({
    id,
    label,
    icon: id,
    pressed: shell.sideVisible && shell.panel.value === id,
    badge,
    badgeLabel: badge > 0 ? workspaceText.running.count(badge) : "", // the first number costs: what writes it is made for it
    press: () => shell.showPanel(id),
  });
  return [item("files", workspaceText.files.title, 0), item("running", workspaceText.running.title, kernels)];
}

function settingsItem(shell: Shell): readonly RailItem[] {
  return [
    {
      id: "settings",
      label: workspaceText.settings.title,
      icon: "settings",
      pressed: shell.tabs.active.value.view.kind === "settings",
      badge: 0,
      badgeLabel: "",
      press: () => void shell.commands.run("view.settings"),
    },
  ];
}

/** What a tab is called: its file's name, or its own. */
export function titleOf(tab: Tab): string {
  if (tab.view.kind === "welcome") return en.tabs.welcome;
  if (tab.view.kind === "settings") return en.tabs.settings;
  return tab.view.kind === "part" ? tab.view.title : nameOf(tab.view.path);
}

function iconOf({ view }: Tab): string {
  if (view.kind === "settings") return "settings";
  if (view.kind === "unavailable") return "warning";
  return "path" in view && view.path.toLowerCase().endsWith(".ipynb") ? "notebook" : "file";
}
