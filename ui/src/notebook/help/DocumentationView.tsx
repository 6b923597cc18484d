/** Documentation as a kernel sends it: terminal text of IPython's, or whatever else can be shown as an output. */
import { render } from "preact";
import { parseAnsi, PLAIN } from "../../outputs/ansi";
import { choose } from "../../outputs/mimebundle";
import { OutputView } from "../../outputs/OutputView";
import { TextSpans } from "../../outputs/TextSpans";
import { helpText } from "../../i18n/help";
import type { JsonObject } from "../../wire/json";
import styles from "./Documentation.module.css";

export interface DocumentationProps {
  /** By mime type. */
  readonly data: JsonObject;
  /** The notebook's folder. */
  readonly folder: string;
}

export function DocumentationView({ data, folder }: DocumentationProps) {
  const choice = choose(data);
  if (choice.kind === "text") {
    return (
      <pre class={styles.text}>
        <TextSpans spans={parseAnsi(choice.text.trimEnd(), PLAIN).spans} />
      </pre>
    );
  }
  const output = { output_type: "display_data", data, metadata: {} } as const;
  return <OutputView output={output} cellLabel={helpText.label} trusted={false} folder={folder} />;
}

export function drawDocumentation(into: HTMLElement, data: JsonObject, folder: string): () => void {
  render(<DocumentationView data={data} folder={folder} />, into);
  return () => render(null, into);
}
