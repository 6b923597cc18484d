/** JSON as a tree: the first level open, deeper ones when asked, a hundred entries at a time. */
import { useContext, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { outputsText } from "../i18n/outputs";
import { type Json } from "../wire/json";
import styles from "./JsonOutput.module.css";
import { OnPaper } from "./paper";

const PAGE = 100; // entries shown before "Show more"
const PREVIEW = 60; // characters of a closed value

export function JsonOutput({ value }: { readonly value: Json }) {
  return (
    <div class={styles.json}>
      <Value name={null} value={value} open={true} />
    </div>
  );
}

interface ValueProps {
  readonly name: string | null;
  readonly value: Json;
  readonly open: boolean;
}

function Value({ name, value, open }: ValueProps) {
  if (typeof value !== "object" || value === null) {
    return (
      <div class={styles.line}>
        <Name name={name} />
        <span class={styles[kindOf(value)]}>{JSON.stringify(value)}</span>
      </div>
    );
  }
  return <Branch name={name} value={value} open={open} />;
}

function Branch({ name, value, open: openAtFirst }: ValueProps & { readonly value: object }) {
  const onPaper = useContext(OnPaper);
  const [open, setOpen] = useState(openAtFirst || onPaper);
  const [shown, setShown] = useState(onPaper ? Number.POSITIVE_INFINITY : PAGE);
  const isArray = Array.isArray(value);
  const entries = open ? Object.entries(value as Record<string, Json>) : [];
  const size = isArray ? value.length : Object.keys(value).length;
  const summary = isArray ? outputsText.items(size) : outputsText.entries(size);
  return (
    <div>
      <button type="button" class={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "chevron-down" : "chevron-right"} size={14} />
        <Name name={name} />
        <span class={styles.summary}>{open ? summary : `${summary} ${preview(value)}`}</span>
      </button>
      {open && (
        <div class={styles.children}>
          {entries.slice(0, shown).map(([key, child]) => (
            <Value key={key} name={key} value={child} open={false} />
          ))}
          {size > shown && (
            <button type="button" class={styles.more} onClick={() => setShown(shown + 10 * PAGE)}>
              {outputsText.moreItems(Math.min(10 * PAGE, size - shown))}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Name({ name }: { readonly name: string | null }) {
  return name === null ? null : <span class={styles.name}>{name}: </span>;
}

function kindOf(value: null | boolean | number | string): "string" | "number" | "keyword" {
  if (typeof value === "string") return "string";
  return typeof value === "number" ? "number" : "keyword";
}

function preview(value: object): string {
  const first = Object.entries(value as Record<string, Json>).slice(0, 5);
  const text = first
    .map(([key, child]) => {
      const short =
        typeof child === "object" && child !== null ? (Array.isArray(child) ? "[…]" : "{…}") : JSON.stringify(child);
      return Array.isArray(value) ? short : `${key}: ${short}`;
    })
    .join(", ");
  return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
}
