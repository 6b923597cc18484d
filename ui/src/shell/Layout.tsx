/**
 * The regions of the window and how they share its space: tab strip, rail, side panel, document, status bar. Below
 * 640 px the panels lie over the document. Each region is a landmark and a stop of F6.
 */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "../design/Icon";
import { Splitter } from "../design/Splitter";
import { useToolbar } from "../design/toolbar";
import { en } from "../i18n/en";
import { SIDE_WIDTH } from "../workspace/settings/preferences";
import styles from "./Layout.module.css";

export interface RailItem {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly pressed: boolean;
  /** A number on the icon, with its words; 0 shows none. */
  readonly badge: number;
  readonly badgeLabel: string;
  readonly press: () => void;
}

export interface LayoutProps {
  readonly tabs: ComponentChildren;
  readonly rail: readonly RailItem[];
  readonly railEnd: readonly RailItem[];
  readonly railLabels: boolean;
  /** The panel, or `null` while it is hidden. */
  readonly side: ComponentChildren;
  readonly sideWidth: number;
  readonly setSideWidth: (pixels: number) => void;
  readonly narrow: boolean;
  /** Whether the panels are shown at all; in a narrow window they lie over the document. */
  readonly panels: boolean;
  readonly hidePanels: () => void;
  /** What readers hear as the heading of the page. */
  readonly heading: string;
  readonly document: ComponentChildren;
  readonly status: ComponentChildren;
}

export function Layout(props: LayoutProps) {
  const { narrow, panels, hidePanels } = props;
  return (
    <div class={styles.window}>
      <header class={styles.tabs} data-region="tabs">
        {props.tabs}
      </header>
      {narrow && panels && <div class={styles.scrim} onClick={hidePanels} />}
      {(!narrow || panels) && (
        <div
          class={`${styles.left ?? ""} ${narrow ? (styles.over ?? "") : ""}`}
          onKeyDown={(event) => narrow && event.key === "Escape" && hidePanels()}
        >
          <Rail {...props} />
          {panels && props.side !== null && <Side {...props} />}
        </div>
      )}
      <main class={styles.document} data-region="document" tabIndex={-1} style={narrow ? { gridColumn: "1 / -1" } : {}}>
        <h1 class="visually-hidden">{props.heading}</h1>
        {props.document}
      </main>
      <footer class={styles.status} data-region="status" aria-label={en.regions.status}>
        {props.status}
      </footer>
    </div>
  );
}

function Rail({ rail, railEnd, railLabels }: LayoutProps) {
  const nav = useRef<HTMLElement>(null);
  useToolbar(nav, "vertical");
  const button = (item: RailItem) => (
    <button
      key={item.id}
      type="button"
      class={styles.railButton}
      title={item.label}
      aria-label={item.badge > 0 ? `${item.label}, ${item.badgeLabel}` : item.label}
      aria-pressed={item.pressed}
      onClick={item.press}
    >
      <Icon name={item.icon} size={20} />
      {railLabels && <span class={styles.railLabel}>{item.label}</span>}
      {item.badge > 0 && (
        <span class={styles.badge} aria-hidden="true">
          {item.badge}
        </span>
      )}
    </button>
  );
  return (
    <nav ref={nav} class={styles.rail} data-region="rail" aria-label={en.regions.rail}>
      {rail.map(button)}
      <span class={styles.push} />
      {railEnd.map(button)}
    </nav>
  );
}

function Side({ side, sideWidth, setSideWidth, narrow }: LayoutProps) {
  return (
    <aside class={styles.side} data-region="side" aria-label={en.regions.side} style={{ width: `${sideWidth}px` }}>
      {side}
      {!narrow && (
        <Splitter
          label={en.regions.resizeSide}
          width={sideWidth}
          range={SIDE_WIDTH}
          setWidth={setSideWidth}
          side="right"
        />
      )}
    </aside>
  );
}
