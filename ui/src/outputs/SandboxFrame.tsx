/**
 * The frame of an output that runs scripts (W2): an origin of its own, without access to the page, its cookies and the
 * window's bridge. It is as tall as what it shows, up to a limit; what it cannot show or load is said here, beside it.
 */
import { type ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { DrawingPackage } from "../api/packageInstall";
import { outputsText } from "../i18n/outputs";
import { sentenceOf } from "../i18n/sentenceOf";
import { FailedOutput } from "./FailedOutput";
import { FrameGuard } from "./frame/guard";
import { FrameHost } from "./frame/frameHost";
import { type FrameContent, type FromFrame, type Library } from "./frame/protocol";
import { ApiError } from "../wire/http";
import styles from "./HtmlOutput.module.css";

const TALLEST = 4000; // px: what is taller scrolls inside, so that a page as tall as its frame does not grow for ever
const SANDBOX = "allow-scripts allow-downloads allow-forms";
const NO_LIBRARIES = () => Promise.resolve([]);

export interface SandboxFrameProps {
  /** Another value of kind `call` updates the frame; another of any other kind begins a new one. */
  readonly content: FrameContent;
  /** The scripts that it needs; a rejection is shown, its message is a sentence for the user. */
  readonly libraries?: () => Promise<readonly Library[]>;
  /** What is shown below the sentence when it could not be drawn. */
  readonly otherwise?: ComponentChildren;
  /** What it is drawn from, as text; shown and copied when it could not be. */
  readonly source?: () => string;
  /** Gets what a module in the frame says, and the host to answer by. */
  readonly onMessage?: (said: Extract<FromFrame, { type: "message" }>, host: FrameHost) => void;
  /** The host of a module, as soon as there is one. */
  readonly onHost?: (host: FrameHost) => void;
}

export function SandboxFrame(props: SandboxFrameProps) {
  const { content, otherwise, source } = props;
  const shown = useRef({ content, times: 0 });
  const [failed, setFailed] = useState<Failure>({ reason: "", at: -1 });
  const { current } = shown;
  const isUpdate = valueOf(current.content) !== valueOf(content);
  if (isAnother(current.content, content) || (isUpdate && failed.at === current.times)) current.times += 1;
  current.content = content;
  const { times } = current;
  if (failed.at !== times)
    return <LiveFrame key={times} {...props} fail={(reason, missing) => setFailed({ reason, missing, at: times })} />;
  const again = (): void => {
    current.times += 1;
    setFailed({ reason: "", at: -1 });
  };
  return (
    <FailedOutput reason={failed.reason} missing={failed.missing} again={again} {...(source && { source })}>
      {otherwise}
    </FailedOutput>
  );
}

function isAnother(old: FrameContent, now: FrameContent): boolean {
  if (old.kind === "html" && now.kind === "html") return old.html !== now.html;
  if (old.kind === "script" && now.kind === "script") return old.source !== now.source;
  if (old.kind === "call" && now.kind === "call") return old.name !== now.name;
  return old.kind === "module" && now.kind === "module" ? old.source !== now.source : true;
}

function valueOf(content: FrameContent): unknown {
  return content.kind === "call" ? content.value : null;
}

type LiveProps = SandboxFrameProps & { readonly fail: (reason: string, missing?: DrawingPackage) => void };

interface Failure {
  readonly reason: string;
  readonly missing?: DrawingPackage | undefined;
  /** Of which frame, by its number. */
  readonly at: number;
}

function LiveFrame({ content, libraries = NO_LIBRARIES, onMessage, onHost, fail }: LiveProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const host = useRef<FrameHost | null>(null);
  const guard = useRef<FrameGuard | null>(null);
  const [height, setHeight] = useState<number | null>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const hear = (said: FromFrame): void => {
    if (said.type === "size") setHeight(Math.min(TALLEST, said.height));
    else if (said.type === "failed") fail(said.reason);
    else if (said.type === "unreachable") setMissing(said.hosts);
    else if (said.type === "leave") frame.current?.closest<HTMLElement>("[role=listitem]")?.focus();
    else if (said.type === "open" && guard.current?.isUsers === true) openElsewhere(said.address);
    else if (said.type === "message" && host.current !== null) onMessage?.(said, host.current);
  };
  const hears = useRef(hear);
  hears.current = hear;
  const latest = useRef(content);
  const drawn = useRef<unknown>(undefined); // until it has been shown
  useLayoutEffect(() => {
    const own = new FrameHost((said) => hears.current(said));
    host.current = own;
    if (frame.current !== null) guard.current = new FrameGuard(frame.current);
    onHost?.(own);
    let wanted = true;
    const show = (found: readonly Library[]): void => {
      if (!wanted) return;
      drawn.current = valueOf(latest.current);
      own.show(latest.current, found);
    };
    void libraries().then(show, (error: unknown) => {
      if (wanted) fail(sentenceOf(error), missingFor(latest.current, error));
    });
    return () => {
      wanted = false;
      own.close();
      guard.current?.close();
    };
  }, []);
  useEffect(() => {
    latest.current = content;
    const value = valueOf(content);
    if (drawn.current === undefined || drawn.current === value) return;
    drawn.current = value;
    host.current?.update(value);
  });
  return (
    <>
      {missing.length > 0 && <p class={styles.ask}>{outputsText.notReached(missing.join(", "))}</p>}
      <iframe
        key="frame" // stays where it is: moved, it would begin anew
        ref={frame}
        class={styles.frame}
        title={outputsText.frameTitle}
        sandbox={SANDBOX}
        src="sandbox.html"
        style={{ blockSize: `${height ?? 40}px`, opacity: height === null ? 0 : 1 }} // white until it knows the theme
        onLoad={() => frame.current !== null && host.current?.connect(frame.current)}
      />
    </>
  );
}

/** Only Plotly and Bokeh draw by what lies in the kernel's environment, and only scripts are Bokeh's. */
function missingFor(content: FrameContent, error: unknown): DrawingPackage | undefined {
  if (!(error instanceof ApiError) || error.kind !== "PackageMissing") return undefined;
  return content.kind === "call" ? "plotly" : "bokeh";
}

/** As if it were a link of ours: in a tab or in the system's browser, which knows nothing of this page. */
function openElsewhere(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.click();
}
