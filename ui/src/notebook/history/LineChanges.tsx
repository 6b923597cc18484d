/** The lines of a text then and now, those that both have only once. */
import type { Line } from "../compare";
import styles from "./History.module.css";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

export function LineChanges({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <pre class={styles.source}>
      {lines.map((line, at) => (
        <div key={at} class={styles[line.change]}>
          {`${SIGNS[line.change]} ${line.text}`}
        </div>
      ))}
    </pre>
  );
}
