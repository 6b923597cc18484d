/** One output of a cell: chooses what is shown and keeps its failures to itself. */
import { useContext, useState } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import { type JsonObject } from "../wire/json";
import { type Mimebundle, type Output } from "../wire/outputs";
import { ErrorBoundary } from "./ErrorBoundary";
import { ErrorOutput } from "./ErrorOutput";
import { AskToRun, HtmlOutput } from "./HtmlOutput";
import { ImageOutput, SvgOutput } from "./ImageOutput";
import { JsonOutput } from "./JsonOutput";
import { MediaOutput, PdfOutput } from "./MediaOutput";
import { choose, metadataOf, plainText } from "./mimebundle";
import styles from "./OutputView.module.css";
import { OnPaper } from "./paper";
import { LatexOutput, MarkdownOutput } from "./RichText";
import { SandboxFrame, scriptPage } from "./SandboxFrame";
import { SoftLimit } from "./SoftLimit";
import { leftOut } from "./spool";
import { Spooled } from "./Spooled";
import { TextOutput } from "./TextOutput";

export interface OutputViewProps {
  readonly output: Output;
  /** For example "cell 12": what a reader hears this is the output of. */
  readonly cellLabel: string;
  /** Whether scripts may run at once. */
  readonly trusted: boolean;
  /** The notebook's folder relative to the root: where relative images of HTML and Markdown lie. */
  readonly folder?: string;
}

export function OutputView({ output, cellLabel, trusted, folder = "" }: OutputViewProps) {
  return (
    <div class={styles.output} role="group" aria-label={outputsText.outputOf(cellLabel)}>
      <ErrorBoundary of={output} text={() => asText(output)}>
        <SoftLimit>
          <Shown output={output} trusted={trusted} folder={folder} />
        </SoftLimit>
        {output.output_type === "stream" && <Rest text={output.text} />}
      </ErrorBoundary>
    </div>
  );
}

/** What is left out of a stream, under it. */
function Rest({ text }: { readonly text: string }) {
  const onPaper = useContext(OnPaper);
  const left = onPaper ? null : leftOut(text);
  return left === null ? null : <Spooled left={left} />;
}

interface ShownProps {
  readonly output: Output;
  readonly trusted: boolean;
  readonly folder: string;
}

function Shown({ output, trusted, folder }: ShownProps) {
  switch (output.output_type) {
    case "stream":
      return output.name === "stderr" ? (
        <div class={styles.stderr}>
          <TextOutput text={output.text} word={outputsText.stderr} />
        </div>
      ) : (
        <TextOutput text={output.text} />
      );
    case "error":
      return <ErrorOutput error={output} />;
    case "display_data":
    case "execute_result":
      return <Bundle data={output.data} metadata={output.metadata} trusted={trusted} folder={folder} />;
    case "unknown":
      return <JsonOutput value={output.raw} />;
  }
}

interface BundleProps {
  readonly data: Mimebundle;
  readonly metadata: JsonObject;
  readonly trusted: boolean;
  readonly folder: string;
}

function Bundle({ data, metadata, trusted, folder }: BundleProps) {
  const choice = choose(data);
  const own = metadataOf(metadata, choice.mime);
  switch (choice.kind) {
    case "html":
      return <HtmlOutput html={choice.html} trusted={trusted} folder={folder} />;
    case "markdown":
      return <MarkdownOutput source={choice.source} folder={folder} />;
    case "svg":
      return <SvgOutput source={choice.source} metadata={own} alt={plainText(data)} />;
    case "latex":
      return <LatexOutput source={choice.source} />;
    case "image":
      return <ImageOutput mime={choice.mime} data={choice.data} metadata={own} alt={plainText(data)} />;
    case "media":
      return <MediaOutput mime={choice.mime} data={choice.data} />;
    case "pdf":
      return <PdfOutput data={choice.data} />;
    case "json":
      return <JsonOutput value={choice.value} />;
    case "script":
      return <ScriptOutput source={choice.source} />;
    case "text":
      return <TextOutput text={choice.text} />;
    case "later":
      return (
        <>
          <p class={styles.note}>{outputsText.cannotShowYet(choice.what)}</p>
          {choice.text !== null && <TextOutput text={choice.text} />}
        </>
      );
    case "unknown":
      return <p class={styles.note}>{cannotShow(choice.types)}</p>;
  }
}

function ScriptOutput({ source }: { readonly source: string }) {
  const [runs, setRuns] = useState(false);
  const onPaper = useContext(OnPaper);
  if (onPaper) return <p class={styles.note}>{outputsText.hasScript}</p>;
  return runs ? <SandboxFrame html={scriptPage(source)} /> : <AskToRun onRun={() => setRuns(true)} />;
}

function cannotShow(types: readonly string[]): string {
  return types.length === 0 ? outputsText.empty : outputsText.cannotShow(types.join(", "));
}

function asText(output: Output): string {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return output.traceback.join("\n");
  if (output.output_type === "unknown") return JSON.stringify(output.raw, null, 2);
  return plainText(output.data) ?? JSON.stringify(output.data, null, 2);
}
