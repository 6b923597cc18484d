/** The inspector: what can be told of the notebook beside its cells, one page of it at a time. */
import { IconButton } from "../../design/Button";
import { inspectorText as text } from "../../i18n/inspector";
import { HelpPage } from "../help/HelpPage";
import type { InspectorPage, OpenNotebook } from "../openNotebook";
import { Outline } from "../outline/Outline";
import { CellPage } from "./CellPage";
import styles from "./Inspector.module.css";

const PAGES: readonly InspectorPage[] = ["outline", "help", "cell"];

export function Inspector({ notebook }: { readonly notebook: OpenNotebook }) {
  const page = notebook.inspector.value ?? "outline";
  const close = (): void => {
    notebook.inspector.value = null;
    notebook.page?.focus();
  };
  return (
    <aside
      class={styles.inspector}
      data-region="inspector"
      aria-label={text.label}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <header class={styles.head}>
        <div class={styles.pages} role="group" aria-label={text.pages}>
          {PAGES.map((one) => (
            <button
              key={one}
              type="button"
              class={styles.page}
              aria-pressed={one === page}
              onClick={() => (notebook.inspector.value = one)}
            >
              {text.titles[one]}
            </button>
          ))}
        </div>
        <IconButton icon="close" label={text.close} onClick={close} />
      </header>
      <div class={styles.body}>
        {page === "outline" && <Outline notebook={notebook} />}
        {page === "help" && <HelpPage notebook={notebook} />}
        {page === "cell" && <CellPage notebook={notebook} />}
      </div>
    </aside>
  );
}
