/** A widget that brings code of its own for the page (anywidget, older packages): it runs in a frame, cut off from the page. */
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { widgetModule } from "../api/widgetModules";
import { Button } from "../design/Button";
import { sentenceOf } from "../i18n/sentenceOf";
import { widgetsText } from "../i18n/widgets";
import type { FrameHost } from "../outputs/frame/frameHost";
import type { FrameContent } from "../outputs/frame/protocol";
import { OnPaper } from "../outputs/paper";
import { SandboxFrame } from "../outputs/SandboxFrame";
import { requestScript } from "../wire/http";
import { WidgetBox } from "./Described";
import hostScript from "./frame/host.ts?frame";
import type { Start } from "./frame/messages";
import { FrameBridge } from "./frameBridge";
import { textIn, usePlace, useWidget, type ViewProps } from "./traits";
import styles from "./widgets.module.css";

const START = "export const start = (frame) => globalThis.adrasteaWidget(frame);";

export function ForeignWidget({ model }: ViewProps) {
  const widget = useWidget(model);
  const place = usePlace();
  const onPaper = useContext(OnPaper);
  const [allowed, setAllowed] = useState(false);
  const mayRun = allowed || place.trusted || model.alive.value; // what a live kernel has sent, the user has asked for
  const [module, setModule] = useState<Start["module"] | string>(null);
  const name = textIn(widget.state, "_view_module");
  const isOwn = typeof widget.state["_esm"] === "string";
  useEffect(() => {
    if (!mayRun || isOwn || onPaper) return;
    let wanted = true;
    const kernel = place.store.kernel();
    const found = kernel === "" ? Promise.reject(new Error(widgetsText.missing(name))) : widgetModule(kernel, name);
    found.then(
      (source) => wanted && setModule({ name, source }),
      (error: unknown) => wanted && setModule(sentenceOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [mayRun, isOwn, name]);
  if (onPaper) return <p class={styles.note}>{widgetsText.frame(name)}</p>;
  if (!mayRun) {
    return (
      <p class={styles.note}>
        {widgetsText.untrusted} <Button label={widgetsText.runCode} icon="run" onClick={() => setAllowed(true)} />
      </p>
    );
  }
  if (typeof module === "string") return <p class={styles.note}>{module}</p>;
  if (!isOwn && module === null) return <p class={styles.note}>{widgetsText.loading}</p>;
  return (
    <WidgetBox widget={widget} kind={styles.foreign}>
      <Frame model={model} module={module} />
    </WidgetBox>
  );
}

function Frame({ model, module }: ViewProps & { readonly module: Start["module"] }) {
  const { store, cell } = usePlace();
  const host = useRef<FrameHost | null>(null);
  const bridge = useRef<FrameBridge | null>(null);
  bridge.current ??= new FrameBridge(store, model.id, cell, (message) => host.current?.send(message));
  useEffect(() => () => bridge.current?.close(), []);
  const value: Start = { root: model.id, module };
  const content: FrameContent = { kind: "module", source: START, value };
  return (
    <SandboxFrame
      content={content}
      libraries={async () => [{ source: await requestScript(hostScript), addresses: [] }]}
      onHost={(made) => (host.current = made)}
      onMessage={({ data }) => bridge.current?.hear(data)}
    />
  );
}
