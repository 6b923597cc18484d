/** A notebook on paper: every cell, with the code, the text and the outputs that the notebook shows, all of each. */
import { type ComponentType, render } from "preact";
import type { Paper } from "../design/paper";
import { highlight, languageNamed, loadGrammar, staticCodeClass, staticCodeWrap } from "../editor/staticCode";
import { notebookText } from "../i18n/notebook";
import { loadMath, markdownClass, preloadMarkdown, renderMarkdown, renderMarkdownNow } from "../markdown/markdown";
import { preloadHtml } from "../outputs/htmlChunk";
import { choose } from "../outputs/mimebundle";
import { OutputView } from "../outputs/OutputView";
import { OnPaper, PaperWidget } from "../outputs/paper";
import type { WidgetOutputProps } from "../outputs/place";
import { isHidden } from "./cellActions";
import styles from "./NotebookPaper.module.css";
import type { Cell } from "./model";
import type { NotebookStore } from "./notebookStore";
import type { OpenNotebook } from "./openNotebook";
import { widgetOutput } from "./WidgetOutput";

export interface PaperWidgets {
  /** Resolves when they can be drawn. */
  readonly ready: () => Promise<void>;
  readonly Widget: ComponentType<WidgetOutputProps>;
}

/** Of an open notebook, with the widgets of its kernel. */
export function paperOf({ store, widgets }: OpenNotebook): Paper {
  return notebookPaper(store, { ready: () => widgets.ready(), Widget: widgetOutput(widgets) });
}

/** `widgets` draw those of its kernel. */
export function notebookPaper(store: NotebookStore, widgets?: PaperWidgets): Paper {
  return {
    prepare: async (told) => {
      const { cells } = store.notebook;
      await Promise.allSettled([
        preloadMarkdown(),
        preloadHtml(),
        loadMath(),
        cells.some(hasWidget) ? widgets?.ready() : null,
        loadGrammar(languageNamed(store.language.peek())),
      ]);
      for (const [place, { cell_type, source }] of cells.entries()) {
        if (cell_type === "markdown") await renderMarkdown(source).catch(() => undefined); // it loads what it needs
        await told?.(place + 1);
      }
    },
    draw: (sheet) =>
      render(
        <PaperWidget.Provider value={widgets?.Widget ?? null}>
          <NotebookPaper store={store} />
        </PaperWidget.Provider>,
        sheet,
      ),
    clear: (sheet) => render(null, sheet),
  };
}

function hasWidget({ outputs = [] }: Cell): boolean {
  return outputs.some((output) => "data" in output && choose(output.data).kind === "widget");
}

function NotebookPaper({ store }: { readonly store: NotebookStore }) {
  return (
    <OnPaper.Provider value={true}>
      <div class={styles.sheet}>
        {store.notebook.cells.map((cell, place) => (
          <CellOnPaper key={cell.id} cell={cell} place={place} store={store} />
        ))}
      </div>
    </OnPaper.Provider>
  );
}

interface CellOnPaperProps {
  readonly cell: Cell;
  readonly place: number;
  readonly store: NotebookStore;
}

function CellOnPaper({ cell, place, store }: CellOnPaperProps) {
  const folder = store.folder.peek();
  const isCode = cell.cell_type === "code";
  return (
    <div class={styles.cell}>
      {isCode && <div class={styles.count}>[{cell.execution_count ?? " "}]</div>}
      <div>
        {!isHidden(cell, "source") && <Source cell={cell} language={store.language.peek()} folder={folder} />}
        {isCode &&
          !isHidden(cell, "outputs") &&
          (cell.outputs ?? []).map((output, at) => (
            <OutputView
              key={at}
              output={output}
              trusted={false}
              folder={folder}
              cellLabel={notebookText.cell.name(place + 1)}
            />
          ))}
      </div>
    </div>
  );
}

interface SourceProps {
  readonly cell: Cell;
  readonly language: string;
  readonly folder: string;
}

function Source({ cell, language, folder }: SourceProps) {
  const { cell_type: type, source } = cell;
  if (type === "markdown") {
    const html = renderMarkdownNow(source, { attachments: cell.attachments, folder });
    if (html === null) return <pre class={markdownClass}>{source}</pre>;
    return <div class={markdownClass} dangerouslySetInnerHTML={{ __html: html }} />;
  }
  const html = highlight(source, type === "code" ? language : "plain");
  return (
    <div class={styles.frame}>
      <pre class={`${staticCodeClass} ${staticCodeWrap}`} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}
