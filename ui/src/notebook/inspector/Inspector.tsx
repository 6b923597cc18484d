/** The inspector: what can be told of the notebook beside its cells, one page of it at a time. */
import { IconButton } from "../../design/Button";
import { Splitter } from "../../design/Splitter";
import { inspectorText as text } from "../../i18n/inspector";
import { HelpPage } from "../help/HelpPage";
import type { OpenNotebook } from "../openNotebook";
import { Outline } from "../outline/Outline";
import { CellPage } from "./CellPage";
import styles from "./Inspector.module.css";
import { INSPECTOR_PAGES } from "./inspectorChoice";

export function Inspector({ notebook }: { readonly notebook: OpenNotebook }) {
  const page = notebook.inspector.page.value ?? "outline";
  const { width, range } = notebook.inspector;
  const close = (): void => {
    notebook.inspector.page.value = null;
    notebook.page?.focus();
  };
  return (
    <aside
      class={styles.inspector}
      data-region="inspector"
      aria-label={text.label}
      style={{ inlineSize: `${width.value}px` }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <Splitter
        label={text.resize}
        width={width.value}
        range={range}
        setWidth={(pixels) => notebook.inspector.setWidth(pixels)}
        side="left"
      />
      <header class={styles.head}>
        <div class={styles.pages} role="group" aria-label={text.pages}>
          {INSPECTOR_PAGES.map((one) => (
            <button
              key={one}
              type="button"
              class={styles.page}
              aria-pressed={one === page}
              onClick={() => (notebook.inspector.page.value = one)}
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
