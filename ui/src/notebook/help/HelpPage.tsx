/** The page of the inspector with documentation: what was kept by Shift+Tab, else what the name at the caret is. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../design/Button";
import { helpText as text } from "../../i18n/help";
import type { JsonObject } from "../../wire/json";
import type { OpenNotebook } from "../openNotebook";
import styles from "./Documentation.module.css";
import { DocumentationView } from "./DocumentationView";

const PAUSE = 300; // milliseconds that the caret rests before the kernel is asked

export function HelpPage({ notebook }: { readonly notebook: OpenNotebook }) {
  const pinned = notebook.pinned.value;
  const followed = useAtCaret(notebook, pinned === null);
  const data = pinned ?? followed;
  return (
    <div class={styles.page} role="region" aria-label={text.label}>
      {pinned !== null && (
        <div>
          <Button label={text.follow} variant="quiet" onClick={() => (notebook.pinned.value = null)} />
        </div>
      )}
      {data === null ? (
        <p class={styles.none}>{text.none}</p>
      ) : (
        <DocumentationView data={data} folder={notebook.store.folder.value} />
      )}
    </div>
  );
}

/** What is known of the name at the caret, asked for when the caret rests and the kernel has nothing else to do. */
function useAtCaret(notebook: OpenNotebook, isWanted: boolean): JsonObject | null {
  const [found, setFound] = useState<JsonObject | null>(null);
  const { store } = notebook;
  const cursor = notebook.cursor.value;
  const isIdle = store.kernel.value.state === "idle";
  useEffect(() => {
    if (!isWanted || cursor === null || !isIdle) return;
    let isGone = false;
    const timer = setTimeout(() => {
      const source = store.cell(store.selection.active.peek() ?? "")?.peek().source ?? "";
      const before = source.split("\n").slice(0, cursor.line - 1);
      const offset = before.reduce((sum, line) => sum + line.length + 1, 0) + cursor.column - 1;
      void notebook.kernel.inspect(source, offset).then((data) => {
        if (!isGone && data !== null) setFound(data);
      });
    }, PAUSE);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [cursor?.line, cursor?.column, isWanted, isIdle]);
  return found;
}
