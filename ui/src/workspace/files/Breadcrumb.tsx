/** The way to the folder that is shown; each step is a button. */
import { Fragment } from "preact";
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
        <Fragment key={step}>
          {step !== "" && <Icon name="chevron-right" size={12} />}
          <button
            type="button"
            class={styles.crumb}
            {...(step === "" && { title: workspaceText.files.root, "aria-label": workspaceText.files.root })}
            aria-current={step === folder ? "location" : undefined}
            onClick={() => void store.show(step)}
          >
            {step === "" ? <Icon name="folder" /> : nameOf(step)}
            {folder === "" && <span class={styles.rootName}>{workspaceText.files.root}</span>}
          </button>
        </Fragment>
      ))}
    </nav>
  );
}
