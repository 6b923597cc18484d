/**
 * Outputs that are programs: bare scripts, and charts that a library draws from their data. They run in a frame; what the
 * notebook itself wrote as a script only where it may, what a library of ours or the kernel's draws always.
 */
import { type ComponentChildren } from "preact";
import { useContext, useMemo, useState } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import { type Json, type JsonObject } from "../wire/json";
import { bokehScript } from "./frame/bokeh";
import { type FrameLibraries } from "./frame/libraries";
import { type FrameContent, type Library } from "./frame/protocol";
import { AskToRun } from "./HtmlOutput";
import styles from "./OutputView.module.css";
import { OnPaper } from "./paper";
import { Host } from "./place";
import { SandboxFrame } from "./SandboxFrame";
import { TextOutput } from "./TextOutput";

interface ScriptProps {
  readonly source: string;
  readonly trusted: boolean;
}

export function ScriptOutput({ source, trusted }: ScriptProps) {
  const content: FrameContent = { kind: "script", source };
  return <Asking trusted={trusted} content={content} libraries={(all) => all.within(source)} />;
}

/** `text` is what stands for it where it cannot be drawn. */
export function BokehOutput({ source, trusted, text }: ScriptProps & { readonly text: string | null }) {
  if (source === "") return null; // of a Bokeh server, or of another output
  const content: FrameContent = { kind: "script", source: bokehScript(source) };
  const otherwise = <Text text={text} />;
  return <Asking trusted={trusted} content={content} libraries={(all) => all.bokeh(source)} otherwise={otherwise} />;
}

/** `text` is what stands for it on paper, and where it cannot be drawn. */
export function PlotlyOutput({ figure, text }: { readonly figure: Json; readonly text: string | null }) {
  const content: FrameContent = { kind: "call", name: "adrasteaPlotly", value: figure };
  return <Drawn content={content} libraries={(all) => all.plotly()} otherwise={<Text text={text} />} />;
}

interface VegaProps {
  readonly spec: Json;
  readonly mime: string;
  /** Of this type; may hold `embed_options`. */
  readonly metadata: JsonObject;
  readonly text: string | null;
}

export function VegaOutput({ spec, mime, metadata, text }: VegaProps) {
  const content = useMemo((): FrameContent => {
    const mode = mime.includes("vegalite") ? "vega-lite" : "vega";
    return { kind: "call", name: "adrasteaVega", value: { spec, mode, options: metadata["embed_options"] ?? {} } };
  }, [spec, mime, metadata]); // another value is drawn anew
  return <Drawn content={content} libraries={(all) => all.vega()} otherwise={<Text text={text} />} />;
}

interface DrawnProps {
  readonly content: FrameContent;
  readonly libraries: (all: FrameLibraries) => Promise<readonly Library[]>;
  readonly otherwise?: ComponentChildren;
}

function Drawn({ content, libraries, otherwise = null }: DrawnProps) {
  const host = useContext(Host);
  if (useContext(OnPaper)) return <>{otherwise}</>;
  const asked = async () => (host === null ? [] : libraries(host.libraries));
  return <SandboxFrame content={content} libraries={asked} otherwise={otherwise} source={() => sourceOf(content)} />;
}

function sourceOf(content: FrameContent): string {
  if (content.kind === "script") return content.source;
  return content.kind === "call" ? JSON.stringify(content.value, null, 2) : "";
}

function Asking({ trusted, ...drawn }: DrawnProps & { readonly trusted: boolean }) {
  const [allowed, setAllowed] = useState(false);
  const onPaper = useContext(OnPaper);
  if (onPaper) return <p class={styles.note}>{outputsText.hasScript}</p>;
  if (!trusted && !allowed) return <AskToRun onRun={() => setAllowed(true)} />;
  return <Drawn {...drawn} />;
}

function Text({ text }: { readonly text: string | null }) {
  return text === null ? null : <TextOutput text={text} />;
}
