/** The way to the folder that is shown; each step is a button. */
import { Icon } from "../../design/Icon";
import { workspaceText } from "../../i18n/workspace";
import { nameOf, trail } from "../paths";
import styles from "./FilesPanel.module.css";
import type { FilesStore } from "./filesStore";

export function Breadcrumb({ store }: { readonly store: FilesStore }) {
  const folder = store.folder.value;
  return (
    <nav class={styles.breadcrumb} aria-label={workspaceText.files.breadcrumb}>
      {trail(folder).map((step) => (
        <>
          {step !== "" && <Icon name="chevron-right" size={12} />}
          <button
            key={step}
            type="button"
            class={styles.crumb}
            aria-current={step === folder ? "location" : undefined}
            onClick={() => void store.show(step)}
          >
            {step === "" ? workspaceText.files.root : nameOf(step)}
          </button>
        </>
      ))}
    </nav>
  );
}
