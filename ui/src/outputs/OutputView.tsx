/** One output of a cell: chooses what is shown and keeps its failures to itself. */
import { useContext } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import { type JsonObject } from "../wire/json";
import { type Mimebundle, type Output } from "../wire/outputs";
import { ErrorBoundary } from "./ErrorBoundary";
import { ErrorOutput } from "./ErrorOutput";
import { HtmlOutput } from "./HtmlOutput";
import { ImageOutput, SvgOutput } from "./ImageOutput";
import { JsonOutput } from "./JsonOutput";
import { LargeOutput, largeSource } from "./LargeOutput";
import { type Choice, choices, metadataOf, plainText } from "./mimebundle";
import { chosenAs, OutputMenu } from "./OutputMenu";
import styles from "./OutputView.module.css";
import { OnPaper, PaperWidget } from "./paper";
import { openLinkedFile } from "./linkedFiles";
import { PlayedSlot } from "./PlayedSlot";
import { CellLabel, Host, Place, useChoice } from "./place";
import { LatexOutput, MarkdownOutput } from "./RichText";
import { BokehOutput, PlotlyOutput, ScriptOutput, VegaOutput } from "./ScriptedOutputs";
import { SoftLimit } from "./SoftLimit";
import { leftOut } from "./spool";
import { Spooled } from "./Spooled";
import { TextOutput } from "./TextOutput";
import { UnknownTypes } from "./UnknownTypes";

export interface OutputViewProps {
  readonly output: Output;
  /** For example "cell 12": what a reader hears this is the output of. */
  readonly cellLabel: string;
  /** Whether scripts may run at once. */
  readonly trusted: boolean;
  /** The notebook's folder relative to the root: where relative images of HTML and Markdown lie. */
  readonly folder?: string;
  /** Its name in the notebook, under which choices for it are remembered; empty where there are none. */
  readonly place?: string;
}

export function OutputView({ place = "", ...others }: OutputViewProps) {
  return (
    <Place.Provider value={place}>
      <CellLabel.Provider value={others.cellLabel}>
        <PlacedOutput {...others} />
      </CellLabel.Provider>
    </Place.Provider>
  );
}

function PlacedOutput({ output, cellLabel, trusted, folder = "" }: OutputViewProps) {
  const shownAs = useChoice("type", "");
  const host = useContext(Host);
  const place = useContext(Place);
  return (
    <div
      class={styles.output}
      data-output={place === "" ? undefined : place}
      role="group"
      aria-label={outputsText.outputOf(cellLabel)}
      onClick={(event) => openLinkedFile(event, host)}
      onContextMenu={openMenuOfImage}
    >
      <OutputMenu output={output} shownAs={shownAs} />
      <ErrorBoundary of={output} text={() => asText(output)}>
        <SoftLimit>
          <Shown output={output} trusted={trusted} folder={folder} type={shownAs.value} />
        </SoftLimit>
        {output.output_type === "stream" && <Rest text={output.text} />}
      </ErrorBoundary>
    </div>
  );
}

/** An image's context menu is that of its output; everywhere else it is the browser's, for the text that is selected. */
function openMenuOfImage(event: MouseEvent): void {
  if (!(event.target instanceof HTMLImageElement)) return;
  const menu = (event.currentTarget as Element).querySelector<HTMLElement>("[data-output-menu] button");
  if (menu === null) return;
  event.preventDefault();
  menu.click();
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
  /** The type that the user has chosen; empty for the best one. */
  readonly type: string;
}

function Shown({ output, trusted, folder, type }: ShownProps) {
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
      return <Bundle data={output.data} metadata={output.metadata} trusted={trusted} folder={folder} type={type} />;
    case "unknown":
      return <JsonOutput value={output.raw} />;
  }
}

interface BundleProps {
  readonly data: Mimebundle;
  readonly metadata: JsonObject;
  readonly trusted: boolean;
  readonly folder: string;
  readonly type: string;
}

function Bundle({ type, ...others }: BundleProps) {
  const choice = chosenAs(choices(others.data), type);
  const large = largeSource(choice);
  const chosen = <Chosen choice={choice} {...others} />;
  if (large === null) return chosen;
  return (
    <LargeOutput mime={choice.mime} source={large} text={plainText(others.data)}>
      {chosen}
    </LargeOutput>
  );
}

interface ChosenProps extends Omit<BundleProps, "type"> {
  readonly choice: Choice;
}

function Chosen({ choice, data, metadata, trusted, folder }: ChosenProps) {
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
    case "pdf":
      return <PlayedSlot kind={choice.kind} mime={choice.mime} data={choice.data} text={plainText(data)} />;
    case "json":
      return <JsonOutput value={choice.value} />;
    case "plotly":
      return <PlotlyOutput figure={choice.value} text={plainText(data)} />;
    case "vega":
      return <VegaOutput spec={choice.value} mime={choice.mime} metadata={own} text={plainText(data)} />;
    case "bokeh":
      return <BokehOutput source={choice.source} trusted={trusted} text={plainText(data)} />;
    case "bokehLoad":
      return choice.mime === "text/html" ? <p class={styles.note}>{outputsText.bokehHere}</p> : null;
    case "script":
      return <ScriptOutput source={choice.source} trusted={trusted} />;
    case "text":
      return <TextOutput text={choice.text} />;
    case "widget":
      return <WidgetOutput model={choice.model} text={choice.text} trusted={trusted} folder={folder} />;
    case "unknown":
      return <UnknownTypes data={data} types={choice.types} />;
  }
}

interface WidgetProps {
  readonly model: string;
  readonly text: string | null;
  readonly trusted: boolean;
  readonly folder: string;
}

function WidgetOutput({ text, ...props }: WidgetProps) {
  const onPaper = useContext(PaperWidget);
  const Widget = useContext(Host)?.Widget ?? onPaper;
  const cellLabel = useContext(CellLabel);
  const [cell = ""] = useContext(Place).split("/");
  if (Widget !== null) return <Widget {...props} cell={cell === "" ? null : cell} cellLabel={cellLabel} />;
  return (
    <>
      <p class={styles.note}>{outputsText.widgetOfNotebook}</p>
      {text !== null && <TextOutput text={text} />}
    </>
  );
}

function asText(output: Output): string {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return output.traceback.join("\n");
  if (output.output_type === "unknown") return JSON.stringify(output.raw, null, 2);
  return plainText(output.data) ?? JSON.stringify(output.data, null, 2);
}
