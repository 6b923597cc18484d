/** A notebook: its bar, what stands in the way, its cells, and what a reader is told. */
import { render } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { FromServer } from "../design/FromServer";
import { Spoken } from "../design/Voice";
import { notebookText } from "../i18n/notebook";
import { Banners } from "./Banners";
import { CellView } from "./CellView";
import { MoveSlot } from "./drag/MoveSlot";
import { ExportSlot } from "./export/ExportSlot";
import { FindSlot } from "./find/FindSlot";
import { ConflictSlot } from "./conflict/ConflictSlot";
import { HistorySlot } from "./history/HistorySlot";
import { InsertAtEnd } from "./InsertLine";
import { InspectorSlot } from "./inspector/InspectorSlot";
import { KernelChooserSlot } from "./KernelChooserSlot";
import { NotebookBar } from "./NotebookBar";
import { NotebookPage } from "./notebookPage";
import styles from "./NotebookView.module.css";
import type { OpenNotebook } from "./openNotebook";

const text = notebookText.list;
const LONG = 1_000; // milliseconds after which a run is worth a word
const SLOW = 150; // milliseconds after which it is said that the notebook is being opened

export function NotebookView({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store } = notebook;
  const load = store.load.value;
  return (
    <Page notebook={notebook}>
      {load.at === "loading" && <Opening />}
      {load.at === "failed" && (
        <div class={styles.failed} data-banner="error">
          <Spoken tag="p" isUrgent>
            <FromServer text={load.message} />
          </Spoken>
          <Button label={text.retry} onClick={() => notebook.document.retryNow()} />
        </div>
      )}
      {load.at === "ready" && store.order.value.length === 0 && <p class={styles.empty}>{text.empty}</p>}
    </Page>
  );
}

function Page({
  notebook,
  children,
}: {
  readonly notebook: OpenNotebook;
  readonly children: preact.ComponentChildren;
}) {
  const { store } = notebook;
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (root.current === null || scroller.current === null || list.current === null) return;
    const elements = {
      root: root.current,
      scroller: scroller.current,
      list: list.current,
      shellClass: styles.shell ?? "",
    };
    const page = new NotebookPage(notebook, elements, {
      mount: (id, shell) => render(<CellView notebook={notebook} id={id} />, shell),
      unmount: (_, shell) => render(null, shell),
    });
    return () => page.destroy();
  }, [notebook]);
  const name = store.document.value.path.split("/").at(-1) ?? "";
  return (
    <div ref={root} class={styles.notebook} data-notebook="">
      <NotebookBar notebook={notebook} />
      <Banners notebook={notebook} />
      <FindSlot notebook={notebook} />
      <div class={styles.body}>
        {/* Without a cell it is the place for the keyboard: Enter makes the first one. */}
        <div ref={scroller} class={styles.scroller} tabIndex={store.order.value.length === 0 ? 0 : -1}>
          {children}
          <div ref={list} role="list" aria-label={text.label(name)} class={styles.list} />
          {store.load.value.at === "ready" && <InsertAtEnd notebook={notebook} />}
        </div>
        <InspectorSlot notebook={notebook} />
      </div>
      <RunningVoice notebook={notebook} />
      <KernelChooserSlot notebook={notebook} />
      <MoveSlot notebook={notebook} />
      <HistorySlot notebook={notebook} />
      <ConflictSlot notebook={notebook} />
      <ExportSlot notebook={notebook} />
    </div>
  );
}

function Opening() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, []);
  return slow ? <p class={styles.empty}>{text.opening}</p> : null;
}

/** A cell that has run for a while is told to readers; how it ends, the store tells. */
function RunningVoice({ notebook: { store } }: { readonly notebook: OpenNotebook }) {
  const running = store.run.value.running;
  useEffect(() => {
    if (running === null) return;
    const timer = setTimeout(() => {
      const place = store.places.peek().get(running);
      if (place !== undefined) store.announce(notebookText.announce.running(place + 1));
    }, LONG);
    return () => clearTimeout(timer);
  }, [running]);
  return null;
}
