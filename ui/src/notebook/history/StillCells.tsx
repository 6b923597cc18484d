/**
 * Cells as they were, to look at: nothing in them can be changed or run. They are drawn some at a time, as far as
 * somebody scrolls: a version may have thousands.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../design/Button";
import { highlight, staticCodeClass, staticCodeWrap } from "../../editor/staticCode";
import { historyText } from "../../i18n/history";
import { manyOutputsText } from "../../i18n/manyOutputs";
import { notebookText } from "../../i18n/notebook";
import { markdownClass } from "../../markdown/markdown";
import { OutputView } from "../../outputs/OutputView";
import type { Output } from "../../wire/outputs";
import { useRendered } from "../MarkdownView";
import type { Cell } from "../model";
import styles from "./History.module.css";

const AT_ONCE = 20; // cells
const OUTPUTS = 50; // of one cell

export interface StillCellsProps {
  readonly cells: readonly Cell[];
  readonly language: string;
  readonly folder: string;
}

export function StillCells({ cells, language, folder }: StillCellsProps) {
  const [count, setCount] = useState(AT_ONCE);
  const more = (): void => setCount((before) => before + AT_ONCE);
  const left = cells.length - count;
  return (
    <>
      {cells.slice(0, count).map((cell, place) => (
        <div key={cell.id} class={styles.still}>
          <div class={styles.count}>{cell.cell_type === "code" ? `[${cell.execution_count ?? " "}]` : ""}</div>
          <div class={styles.content}>
            <StillSource cell={cell} language={language} folder={folder} />
            <StillOutputs outputs={cell.outputs ?? []} place={place + 1} folder={folder} />
          </div>
        </div>
      ))}
      {left > 0 && <More key={count} label={historyText.moreCells(left)} onMore={more} />}
    </>
  );
}

function StillSource({ cell, language, folder }: { readonly cell: Cell } & Omit<StillCellsProps, "cells">) {
  if (cell.cell_type === "markdown") return <StillMarkdown cell={cell} folder={folder} />;
  return <StillCode source={cell.source} language={cell.cell_type === "code" ? language : "plain"} />;
}

export function StillCode({ source, language }: { readonly source: string; readonly language: string }) {
  return (
    <div class={styles.frame}>
      <pre
        class={`${staticCodeClass} ${staticCodeWrap}`}
        dangerouslySetInnerHTML={{ __html: highlight(source, language) }}
      />
    </div>
  );
}

function StillMarkdown({ cell, folder }: { readonly cell: Cell; readonly folder: string }) {
  const html = useRendered(cell.source, { attachments: cell.attachments, folder });
  if (html === null) return <pre class={markdownClass}>{cell.source}</pre>;
  return <div class={markdownClass} dangerouslySetInnerHTML={{ __html: html }} />;
}

interface StillOutputsProps {
  readonly outputs: readonly Output[];
  readonly place: number;
  readonly folder: string;
}

export function StillOutputs({ outputs, place, folder }: StillOutputsProps) {
  const [count, setCount] = useState(OUTPUTS);
  const left = outputs.length - count;
  return (
    <>
      {outputs.slice(0, count).map((output, at) => (
        <OutputView
          key={at}
          output={output}
          trusted={false}
          folder={folder}
          cellLabel={notebookText.cell.name(place)}
        />
      ))}
      {left > 0 && <Button label={manyOutputsText.show(left)} onClick={() => setCount((before) => before + OUTPUTS)} />}
    </>
  );
}

/** Asks for more as soon as it comes into view, or when it is pressed. */
function More({ label, onMore }: { readonly label: string; readonly onMore: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) onMore();
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place}>
      <Button label={label} variant="quiet" onClick={onMore} />
    </div>
  );
}
