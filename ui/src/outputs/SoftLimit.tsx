/**
 * An output taller than 600 px shows its beginning, and a button with its height for the rest; what was chosen stays so
 * when the cell comes back. A cell whose outputs are to scroll (nbformat's `scrolled`) has a box of that height instead;
 * one that says `false` shows all.
 */
import { type ComponentChildren, createContext } from "preact";
import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { outputsText } from "../i18n/outputs";
import styles from "./OutputView.module.css";
import { OnPaper } from "./paper";
import { useChoice } from "./place";

const LIMIT = 600; // px, --output-max
const SLACK = 60; // px: hiding less than this is not worth a button

/** The cell's `scrolled`; `null` where it says nothing. */
export const Scrolled = createContext<boolean | null>(null);

export function SoftLimit({ children }: { readonly children: ComponentChildren }) {
  const onPaper = useContext(OnPaper);
  const scrolled = useContext(Scrolled);
  return onPaper || scrolled !== null ? <div class={styles.content}>{children}</div> : <Limited>{children}</Limited>;
}

function Limited({ children }: { readonly children: ComponentChildren }) {
  const content = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0); // px; 0 where it is not too tall: nothing is drawn again then
  const choice = useChoice("all", false);
  const all = choice.value;
  useLayoutEffect(() => {
    const element = content.current;
    if (element === null) return;
    const measure = (): void => setHeight(element.offsetHeight > LIMIT + SLACK ? element.offsetHeight : 0);
    measure();
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
  const tall = height > 0;
  return (
    <>
      <div class={tall && !all ? styles.limited : undefined}>
        <div ref={content} class={styles.content}>
          {children}
        </div>
      </div>
      {tall && (
        <div class={styles.showAll}>
          <Button
            label={all ? outputsText.showLess : outputsText.showAll(height)}
            expanded={all}
            onClick={() => (choice.value = !all)}
          />
        </div>
      )}
    </>
  );
}
