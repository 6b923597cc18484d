/**
 * An error: what it is in bold, the last frames of one's own code, all others folded; the places that it names are links.
 * Buttons copy it, go to the next one, and install what is missing.
 */
import { useContext } from "preact/hooks";
import { Button } from "../design/Button";
import { Icon } from "../design/Icon";
import { outputsText } from "../i18n/outputs";
import { type ErrorOutput as ErrorValue } from "../wire/outputs";
import { stripAnsi } from "./ansi";
import { CopyButton } from "./CopyButton";
import styles from "./ErrorOutput.module.css";
import { installCommand, missingPackage } from "./missingPackage";
import { OnPaper } from "./paper";
import { Host, Place, useChoice } from "./place";
import { TextOutput } from "./TextOutput";
import { headlineOf, tracebackParts } from "./traceback";

const LONGEST = 1_000; // characters of a headline

export function ErrorOutput({ error }: { readonly error: ErrorValue }) {
  const headline = headlineOf(error.ename, error.evalue);
  const { first, rest } = beginning(headline);
  const all = error.traceback.length > 0 ? error.traceback.join("\n") : headline;
  return (
    <div class={styles.error}>
      <div class={styles.head}>
        <span class="visually-hidden">{`${outputsText.errorWord}: `}</span>
        <strong class={styles.headline}>{first}</strong>
        <CopyButton label={outputsText.copyTraceback} text={() => stripAnsi(all)} />
        <NextError />
      </div>
      <MissingPackage error={error} />
      {rest !== "" && <TextOutput text={rest} />}
      {tracebackParts(error.traceback, headline).map((part, index) =>
        part.kind === "text" ? (
          <TextOutput key={index} text={part.text} traced />
        ) : (
          <Folded key={index} kind={part.kind} frames={part.frames} />
        ),
      )}
    </div>
  );
}

/** The first line, and what is left of it where it is too long for a headline. */
function beginning(headline: string): { readonly first: string; readonly rest: string } {
  const end = headline.indexOf("\n");
  const line = end < 0 ? headline : headline.slice(0, end);
  const rest = end < 0 ? "" : headline.slice(end + 1);
  if (line.length <= LONGEST) return { first: line, rest };
  return { first: `${line.slice(0, LONGEST)}…`, rest: headline.slice(LONGEST) };
}

function NextError() {
  const host = useContext(Host);
  const place = useContext(Place);
  if (useContext(OnPaper) || host?.hasOtherError(place) !== true) return null;
  return <Button label={outputsText.nextError} icon="down" variant="quiet" onClick={() => host.nextError(place)} />;
}

/** What can be done about a package that is not there. */
function MissingPackage({ error }: { readonly error: ErrorValue }) {
  const host = useContext(Host);
  const place = useContext(Place);
  const missing = missingPackage(error.ename, stripAnsi(error.evalue));
  if (missing === null || useContext(OnPaper)) return null;
  const command = installCommand(missing);
  return (
    <p class={styles.missing}>
      <span>{outputsText.notInstalled(missing.module)}</span>
      <CopyButton label={outputsText.copyInstall} text={() => command} />
      {host?.canInstall() === true && (
        <Button
          label={outputsText.install}
          title={command}
          refusal={host.refusal()}
          onClick={() => host.install(place, command)}
        />
      )}
    </p>
  );
}

interface FoldedProps {
  readonly kind: "library" | "earlier";
  readonly frames: readonly string[];
}

function Folded({ kind, frames }: FoldedProps) {
  const onPaper = useContext(OnPaper);
  const open = useChoice(`${kind} frames`, onPaper);
  const { showFrames, hideFrames, showEarlier, hideEarlier } = outputsText;
  const [show, hide] = kind === "library" ? [showFrames, hideFrames] : [showEarlier, hideEarlier];
  return (
    <>
      <button type="button" class={styles.fold} aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        <Icon name={open.value ? "chevron-down" : "chevron-right"} size={14} />{" "}
        {(open.value ? hide : show)(frames.length)}
      </button>
      {open.value && <TextOutput text={frames.join("\n")} traced />}
    </>
  );
}
