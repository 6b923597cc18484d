/** What can be done with one output: shown as another of its types, copied, saved. Over its corner, for hover and keyboard. */
import { type Signal, useSignal } from "@preact/signals";
import { useContext } from "preact/hooks";
import { asPng } from "../design/copyImage";
import { copyText } from "../design/copyText";
import { Icon } from "../design/Icon";
import { Menu, type MenuItem } from "../design/Menu";
import { saveFile } from "../design/saveFile";
import { outputsText } from "../i18n/outputs";
import { type Mimebundle, type Output } from "../wire/outputs";
import { stripAnsi } from "./ansi";
import { Description } from "./Description";
import { type Choice, choices, metadataOf } from "./mimebundle";
import { outputBlob, outputExtension, outputText } from "./outputFile";
import styles from "./OutputMenu.module.css";
import { OnPaper } from "./paper";
import { Host, type OutputHost, Place, TabStops, useChoice } from "./place";
import { shownText } from "./terminal";

export interface OutputMenuProps {
  readonly output: Output;
  /** The type that is shown; empty for the best one. */
  readonly shownAs: Signal<string>;
}

export function OutputMenu({ output, shownAs }: OutputMenuProps) {
  const host = useContext(Host);
  const place = useContext(Place);
  const isStop = useContext(TabStops);
  if (useContext(OnPaper)) return null;
  const describing = useSignal<string | null>(null);
  const zoomed = useChoice("zoomed", false);
  const items = itemsOf(output, shownAs, host, {
    zoom: () => (zoomed.value = true),
    describe: (mime) => (describing.value = mime),
  });
  if (host !== null && place !== "") items.push({ label: outputsText.openOutput, run: () => host.openOutput(place) });
  return (
    <div class={styles.menu} data-output-menu>
      <Menu label={outputsText.actions} trigger={<Icon name="more" />} items={items} tabIndex={isStop ? 0 : -1} />
      {describing.value !== null && host !== null && place !== "" && (
        <Description
          text={descriptionOf(output, describing.value)}
          save={(text) => host.describe(place, describing.value ?? "", text)}
          close={() => (describing.value = null)}
        />
      )}
    </div>
  );
}

/** What is done with images. */
interface ImageActions {
  readonly zoom: () => void;
  readonly describe: (mime: string) => void;
}

function itemsOf(
  output: Output,
  shownAs: Signal<string>,
  host: OutputHost | null,
  images: ImageActions,
): (MenuItem | "separator")[] {
  switch (output.output_type) {
    case "stream":
      return textItems(shownText(output.text));
    case "error":
      return textItems(output.traceback.join("\n"));
    case "unknown":
      return textItems(JSON.stringify(output.raw, null, 2));
    case "display_data":
    case "execute_result":
      return bundleItems(output.data, shownAs, host, images);
  }
}

function bundleItems(
  data: Mimebundle,
  shownAs: Signal<string>,
  host: OutputHost | null,
  images: ImageActions,
): (MenuItem | "separator")[] {
  const all = choices(data);
  const shown = chosenAs(all, shownAs.value);
  const views = all.map(({ mime }) => ({
    label: outputsText.viewAs(nameOf(mime)),
    checked: mime === shown.mime,
    run: () => (shownAs.value = mime),
  }));
  const actions = actionsOf(shown.mime, data, host, images);
  return all.length > 1 ? [...views, "separator", ...actions] : actions;
}

function actionsOf(mime: string, data: Mimebundle, host: OutputHost | null, images: ImageActions): MenuItem[] {
  const value = data[mime] ?? null;
  const text = outputText(mime, value);
  const blob = (): Blob | null => outputBlob(mime, value);
  const items: MenuItem[] = [];
  if (mime.startsWith("image/")) items.push({ label: outputsText.zoom, run: images.zoom });
  if (mime.startsWith("image/") && host !== null) {
    items.push({ label: outputsText.copyImage, run: () => void copyPicture(blob(), host) });
    items.push({ label: outputsText.describe, run: () => images.describe(mime) });
  }
  if (text !== null) items.push({ label: outputsText.copyOutput, run: () => void copyText(text) });
  items.push({ label: outputsText.saveOutput, disabled: mime === "", run: () => save(blob(), mime) });
  return items;
}

function textItems(text: string): MenuItem[] {
  const plain = stripAnsi(text);
  return [
    { label: outputsText.copyOutput, run: () => void copyText(plain) },
    { label: outputsText.saveOutput, run: () => save(new Blob([plain]), "text/plain") },
  ];
}

async function copyPicture(image: Blob | null, host: OutputHost): Promise<void> {
  if (image !== null) await host.copyImage(await asPng(image));
}

function save(content: Blob | null, mime: string): void {
  if (content !== null) saveFile(content, `output.${outputExtension(mime)}`);
}

/** The choice of that type, where it is there, else the best. */
export function chosenAs(all: readonly Choice[], mime: string): Choice {
  const best = all[0] ?? { kind: "unknown", mime: "", types: [] };
  return all.find((one) => one.mime === mime) ?? best;
}

/** What people call a type. */
export function nameOf(mime: string): string {
  return outputsText.types[mime] ?? mime;
}

function descriptionOf(output: Output, mime: string): string {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return "";
  const { alt } = metadataOf(output.metadata, mime);
  return typeof alt === "string" ? alt : "";
}
