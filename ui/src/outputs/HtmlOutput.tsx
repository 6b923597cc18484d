/**
 * HTML of a kernel: sanitised and put into a shadow root, where its style sheets and ids reach nothing of ours, inside a
 * box that contains it (nothing `fixed` gets out). HTML with scripts runs in the sandboxed frame: at once in a trusted
 * notebook, elsewhere when the user says so; until then its harmless part is shown.
 */
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { outputsText } from "../i18n/outputs";
import { resolveAddresses } from "../markdown/addresses";
import styles from "./HtmlOutput.module.css";
import { loadedHtml, preloadHtml } from "./htmlChunk";
import { hasScript, heightGuess, isLongTable } from "./htmlFacts";
import { cutTable } from "./longTable";
import { OnPaper } from "./paper";
import { Host, useChoice } from "./place";
import { SandboxFrame } from "./SandboxFrame";
import { mendTables } from "./tables";
import sheetText from "./shadowHtml.css?inline";

interface HtmlProps {
  readonly html: string;
  readonly trusted: boolean;
  /** The notebook's folder, where relative images lie. */
  readonly folder: string;
}

export function HtmlOutput({ html, trusted, folder }: HtmlProps) {
  const scripted = hasScript(html);
  const [allowed, setAllowed] = useState(false);
  const onPaper = useContext(OnPaper);
  const host = useContext(Host);
  if (scripted && (trusted || allowed) && !onPaper) {
    return (
      <SandboxFrame
        content={{ kind: "html", html }}
        libraries={async () => (await host?.libraries.within(html)) ?? []}
      />
    );
  }
  return (
    <>
      {scripted && !onPaper && <AskToRun onRun={() => setAllowed(true)} />}
      <HarmlessHtml html={html} folder={folder} />
    </>
  );
}

/** Of a table of thousands of rows the first ones, and more when asked. */
function HarmlessHtml({ html, folder }: { readonly html: string; readonly folder: string }) {
  const steps = useChoice("table steps", 0);
  const onPaper = useContext(OnPaper);
  const cut = useMemo(() => (onPaper ? null : cutTable(html, steps.value)), [html, onPaper, steps.value]);
  return (
    <>
      <ShadowHtml html={cut?.html ?? html} folder={folder} />
      {cut !== null && (
        <p class={styles.ask}>
          {outputsText.rowsShown(cut.shown, cut.rows)}{" "}
          <Button
            label={outputsText.moreRows(Math.min(cut.step, cut.rows - cut.shown))}
            onClick={() => (steps.value += 1)}
          />
        </p>
      )}
    </>
  );
}

/** The line that asks before a script runs. */
export function AskToRun({ onRun }: { readonly onRun: () => void }) {
  const host = useContext(Host);
  const line = useRef<HTMLParagraphElement>(null);
  const answered = (act: () => void) => () => {
    line.current?.closest<HTMLElement>("[role=listitem]")?.focus(); // the line goes, and the keyboard must not be nowhere
    act();
  };
  return (
    <p ref={line} class={styles.ask}>
      {outputsText.hasScript} <Button label={outputsText.runScript} icon="run" onClick={answered(onRun)} />
      {host !== null && (
        <Button label={outputsText.trustNotebook} refusal={host.refusal()} onClick={answered(() => host.trust())} />
      )}
    </p>
  );
}

function ShadowHtml({ html, folder }: { readonly html: string; readonly folder: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [sanitise, setSanitise] = useState(loadedHtml);
  useEffect(() => {
    let wanted = true;
    if (sanitise !== null) return;
    void preloadHtml().then((module) => wanted && setSanitise(module));
    return () => {
      wanted = false;
    };
  }, []);
  useLayoutEffect(() => {
    if (host.current === null || sanitise === null) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
    const content = document.createElement("div");
    content.className = "content";
    const body = sanitise.sanitiseForShadow(html);
    resolveAddresses(body, { folder });
    content.append(...body.childNodes);
    root.adoptedStyleSheets = [ownSheet()];
    root.replaceChildren(content);
    mendTables(content);
    const box = host.current.parentElement;
    if (box !== null && isScrolled(box)) box.tabIndex = 0; // a scroller that has nothing to focus in it
  }, [html, folder, sanitise]);
  return (
    <div
      class={isLongTable(html) ? `${styles.html ?? ""} ${styles.scrolled ?? ""}` : styles.html}
      style={sanitise === null ? { minBlockSize: `${heightGuess(html)}px` } : {}}
    >
      <div ref={host} />
    </div>
  );
}

function isScrolled(box: HTMLElement): boolean {
  return box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
}

/** Our own look of tables and text inside a shadow root. */
function ownSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetText);
  return sheet;
}
