/** What is in a tab: a document, the welcome page, the settings, or why there is nothing. */
import { useSignal } from "@preact/signals";
import { Component, type ComponentChildren } from "preact";
import { useChunk } from "../design/useChunk";
import { en } from "../i18n/en";
import { SettingsSlot } from "../workspace/settings/SettingsSlot";
import type { KeyActions } from "../workspace/settings/keyRow";
import styles from "./App.module.css";
import { showKeys, strokesOf } from "./keys";
import type { Shell } from "./shell";
import type { Tab } from "./tabsStore";
import { Unavailable } from "./Unavailable";

export function DocumentTab({ shell, tab }: { readonly shell: Shell; readonly tab: Tab }) {
  const { opening } = shell;
  const { view } = tab;
  switch (view.kind) {
    case "welcome":
      return <WelcomeSlot shell={shell} />;
    case "settings":
      return (
        <SettingsSlot
          preferences={shell.preferences}
          updates={{ ...shell.updates.told.value, choose: (weekly) => void shell.updates.choose(weekly) }}
          notices={shell.notices}
          chooseLanguage={(choice) => shell.chooseLanguage(choice)}
          keys={keyActions(shell)}
        />
      );
    case "unavailable":
      return (
        <Unavailable
          path={view.path}
          problem={view.problem}
          retry={() => void opening.retry(tab.id)}
          create={() => void opening.create(tab.id, view.path)}
          openAsText={() => void opening.openText(view.path, null)}
          close={() => void opening.close(tab.id)}
        />
      );
    case "asleep":
    case "loading":
      return <p class={styles.loading}>{en.tabs.loading}</p>;
    case "notebook":
    case "part":
    case "text": {
      const document = opening.documents.value.get(tab.id);
      if (document === undefined) return <p class={styles.loading}>{en.tabs.loading}</p>;
      return <Guard>{document.view()}</Guard>;
    }
  }
}

/** The welcome page is loaded when it is shown: who opens a notebook does not wait for it. */
function WelcomeSlot({ shell }: { readonly shell: Shell }) {
  const failed = useSignal(false);
  const chunk = useChunk(
    !failed.value,
    () => import("./Welcome"),
    () => (failed.value = true),
  );
  if (chunk === null) return <p class={styles.loading}>{failed.value ? en.toasts.crashed : ""}</p>;
  return (
    <chunk.Welcome
      kernels={shell.kernels.found.value}
      recent={shell.preferences.recent.value}
      mac={shell.mac}
      open={(path) => void shell.openAndEnter(path)}
      run={(command) => void shell.commands.run(command)}
      lookAgain={() => void shell.kernels.refresh()}
    />
  );
}

function keyActions({ keySettings, mac }: Shell): KeyActions {
  return {
    rows: () => keySettings.rows.value,
    conflicts: (id, keys) => keySettings.conflicts(id, keys),
    choose: (id, keys) => keySettings.choose(id, keys),
    clear: (id) => keySettings.clear(id),
    reset: (id) => keySettings.reset(id),
    resetAll: () => keySettings.resetAll(),
    stroke: (event) => strokesOf(event, mac)[0] ?? null,
    show: (keys) => showKeys(keys, mac),
  };
}

/** A document that cannot be drawn says so alone; the window and the other tabs go on. */
class Guard extends Component<{ readonly children: ComponentChildren }, { readonly failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render() {
    if (this.state.failed) return <p class={styles.loading}>{en.toasts.crashed}</p>;
    return this.props.children;
  }
}
