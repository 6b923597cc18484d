/** The edge between a panel and what is beside it: dragged, moved by the arrow keys, put back by a double click. */
import { pixelScale } from "./menuFocus";
import styles from "./Splitter.module.css";

const STEP = 16; // pixels per arrow key

export interface SplitterProps {
  readonly label: string;
  /** Of the panel, in pixels. */
  readonly width: number;
  readonly range: { readonly smallest: number; readonly usual: number; readonly largest: number };
  readonly setWidth: (pixels: number) => void;
  /** On which side of the panel, its parent, it lies. */
  readonly side: "left" | "right";
}

export function Splitter({ label, width, range, setWidth, side }: SplitterProps) {
  const wider = side === "right" ? "ArrowRight" : "ArrowLeft";
  const narrower = side === "right" ? "ArrowLeft" : "ArrowRight";
  return (
    <div
      class={`${styles.splitter ?? ""} ${styles[side] ?? ""}`}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={range.smallest}
      aria-valuemax={range.largest}
      onDblClick={() => setWidth(range.usual)}
      onKeyDown={(event) => {
        if (event.key === wider) setWidth(width + STEP);
        else if (event.key === narrower) setWidth(width - STEP);
        else if (event.key === "Home") setWidth(range.smallest);
        else if (event.key === "End") setWidth(range.largest);
        else return;
        event.preventDefault();
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const panel = event.currentTarget.parentElement;
        if (panel === null) return;
        const box = panel.getBoundingClientRect();
        const pixels = side === "right" ? event.clientX - box.left : box.right - event.clientX;
        setWidth(pixels / pixelScale(panel));
      }}
    />
  );
}
