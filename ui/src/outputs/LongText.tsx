/**
 * A long text in a box of 24 lines that can be made taller. Only the rows that are seen are in the page. It stays at the end while
 * it is at the end; a text that begins to grow under a box that nobody has touched is followed too.
 */
import { useContext, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { outputsText } from "../i18n/outputs";
import { CopyButton } from "./CopyButton";
import { FindBar } from "./FindBar";
import { ROW, windowOf } from "./longTextWindow";
import styles from "./TextOutput.module.css";
import { stripAnsi } from "./ansi";
import { Host, Place, useChoice } from "./place";
import { type TextLines } from "./textLines";
import { TextRows } from "./textRows";
import { searchLines } from "./textSearch";
import { TextSpans } from "./TextSpans";

const UNWRAPPED = 2000; // columns: longer lines are folded all the same, for no engine lays out a line of a million

interface LongTextProps {
  /** What the button that copies all of the text says. */
  readonly copyLabel?: string;
  readonly lines: TextLines;
  readonly text: string;
  /** Whether it was growing before it became long. */
  readonly follow: boolean;
  readonly traced?: boolean;
}

/** What is looked for, and which of the places is shown. */
interface Find {
  readonly query: string;
  readonly at: number;
}

interface Measured {
  readonly columns: number;
  readonly height: number; // px of the box's inside
  readonly top: number; // px scrolled
}

export function LongText({ lines, text, follow, copyLabel = outputsText.copyAll, traced = false }: LongTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const rows = useRef<TextRows | null>(null);
  const atEnd = useRef(follow);
  const untouched = useRef(true);
  const firstText = useRef(text);
  const host = useContext(Host);
  const place = useContext(Place);
  const wraps = useChoice("wrap", true);
  const wrap = wraps.value;
  const [find, setFind] = useState<Find | null>(null);
  const [seen, setSeen] = useState<Measured>({ columns: 100, height: 24 * ROW, top: 0 });

  rows.current ??= new TextRows(lines);
  rows.current.update(wrap ? seen.columns : UNWRAPPED);
  const { first, end, offset, total } = windowOf(rows.current.count, seen.top, seen.height);

  const measure = () => {
    const element = box.current;
    if (element === null) return;
    const letter = (probe.current?.getBoundingClientRect().width ?? 0) / 100;
    const inside = element.clientWidth - 2 * 10; // px: the padding at both sides
    const columns = letter > 0 ? Math.max(20, Math.floor(inside / letter)) : 100;
    const next = { columns, height: element.clientHeight, top: element.scrollTop };
    setSeen((now) => (now.columns === columns && now.height === next.height && now.top === next.top ? now : next));
  };
  useLayoutEffect(() => {
    measure();
    const element = box.current;
    if (element === null) return;
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    if (untouched.current && text !== firstText.current) atEnd.current = true;
    if (atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [text, total]);
  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    atEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW / 2 && element.scrollTop > 0;
    measure();
  };
  const touch = () => {
    untouched.current = false;
  };
  const found = useMemo(() => searchLines(lines, find?.query ?? ""), [text, find?.query]);
  const current = found.length === 0 ? 0 : (((find?.at ?? 0) % found.length) + found.length) % found.length;
  const currentRow = found[current] === undefined ? -1 : rows.current.rowAt(found[current].line, found[current].at);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || currentRow < 0 || rows.current === null) return;
    touch();
    const share = (currentRow + 0.5) / Math.max(1, rows.current.count);
    element.scrollTop = share * total - element.clientHeight / 2;
  }, [currentRow, find]);
  return (
    <div class={styles.long}>
      <div class={styles.bar}>
        <span class={styles.count}>{outputsText.lines(lines.count)}</span>
        {find === null ? (
          <span data-find-output>
            <Button
              label={outputsText.find}
              icon="search"
              variant="quiet"
              onClick={() => setFind({ query: "", at: 0 })}
            />
          </span>
        ) : (
          <FindBar
            query={find.query}
            count={found.length}
            current={current}
            look={(query) => setFind({ query, at: 0 })}
            step={(by) => setFind({ ...find, at: current + by })}
            close={() => {
              setFind(null);
              box.current?.focus();
            }}
          />
        )}
        <Button
          label={outputsText.wrap}
          icon="wrap"
          variant="quiet"
          pressed={wrap}
          onClick={() => (wraps.value = !wrap)}
        />
        {host !== null && place !== "" && (
          <Button label={outputsText.openOutput} icon="file" variant="quiet" onClick={() => host.openOutput(place)} />
        )}
        <CopyButton label={copyLabel} text={() => stripAnsi(lines.text)} />
      </div>
      <div
        ref={box}
        class={styles.box}
        role="log"
        aria-live="off"
        aria-label={outputsText.longText(lines.count)}
        tabIndex={0}
        onScroll={onScroll}
        onWheel={touch}
        onPointerDown={touch}
        onKeyDown={touch}
      >
        <span ref={probe} class={styles.probe} aria-hidden="true">
          {"0".repeat(100)}
        </span>
        <div class={styles.spacer} style={{ blockSize: `${total}px` }}>
          <pre class={styles.rows} style={{ transform: `translateY(${offset}px)` }}>
            {rows.current.slice(first, end).map((spans, index) => (
              <div key={first + index} class={first + index === currentRow ? styles.currentRow : styles.row}>
                <TextSpans spans={spans} traced={traced} query={find?.query ?? ""} />
              </div>
            ))}
          </pre>
        </div>
      </div>
    </div>
  );
}
