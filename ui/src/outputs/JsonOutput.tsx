/**
 * JSON as a tree: the first level open, deeper ones when asked, a hundred entries at a time. A search leaves the branches
 * in which something is found, open.
 */
import { createContext } from "preact";
import { useContext, useMemo, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { Icon } from "../design/Icon";
import { outputsText } from "../i18n/outputs";
import { type Json } from "../wire/json";
import { FindBar } from "./FindBar";
import styles from "./JsonOutput.module.css";
import { isSought, type JsonSearch, searchJson } from "./jsonSearch";
import { OnPaper } from "./paper";
import { placesOf } from "./textSearch";

const PAGE = 100; // entries shown before "Show more"
const PREVIEW = 60; // characters of a closed value

const LONGEST = 2_000; // characters of a text before "Show all"

/** What is being looked for in the tree around. */
const Sought = createContext<JsonSearch | null>(null);

export function JsonOutput({ value }: { readonly value: Json }) {
  const [find, setFind] = useState<{ readonly query: string } | null>(null);
  const query = find?.query ?? "";
  const search = useMemo(() => (query === "" ? null : searchJson(value, query)), [value, query]);
  const isTree = typeof value === "object" && value !== null;
  const onPaper = useContext(OnPaper);
  return (
    <div class={styles.json}>
      {find !== null && (
        <FindBar
          query={query}
          count={search?.count ?? 0}
          look={(next) => setFind({ query: next })}
          close={() => setFind(null)}
        />
      )}
      {find === null && isTree && !onPaper && (
        <span class={styles.tools} data-find-output>
          <Button label={outputsText.find} icon="search" variant="quiet" onClick={() => setFind({ query: "" })} />
        </span>
      )}
      <Sought.Provider value={search}>
        <Value key={query} name={null} value={value} open={true} />
      </Sought.Provider>
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
        <span class={styles[kindOf(value)]}>
          <Text text={JSON.stringify(value)} />
        </span>
      </div>
    );
  }
  return <Branch name={name} value={value} open={open} />;
}

function Branch({ name, value, open: openAtFirst }: ValueProps & { readonly value: object }) {
  const onPaper = useContext(OnPaper);
  const search = useContext(Sought);
  const holds = search?.holders.has(value) === true;
  const [open, setOpen] = useState(openAtFirst || onPaper || holds);
  const [shown, setShown] = useState(onPaper ? Number.POSITIVE_INFINITY : PAGE);
  const isArray = Array.isArray(value);
  const all = open ? Object.entries(value as Record<string, Json>) : [];
  const entries = search !== null && holds ? all.filter(([key, child]) => isSought(search, key, child, isArray)) : all;
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
          {entries.length > shown && (
            <button type="button" class={styles.more} onClick={() => setShown(shown + 10 * PAGE)}>
              {outputsText.moreItems(Math.min(10 * PAGE, entries.length - shown))}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Name({ name }: { readonly name: string | null }) {
  if (name === null) return null;
  return (
    <span class={styles.name}>
      <Text text={name} />:{" "}
    </span>
  );
}

/** A text with what is sought marked; a very long one by its beginning. */
function Text({ text }: { readonly text: string }) {
  const query = useContext(Sought)?.query ?? "";
  const [all, setAll] = useState(false);
  if (text.length > LONGEST && !all) {
    return (
      <>
        <Marked text={text.slice(0, LONGEST)} query={query} />…{" "}
        <button type="button" class={styles.more} onClick={() => setAll(true)}>
          {outputsText.showLetters(text.length)}
        </button>
      </>
    );
  }
  return <Marked text={text} query={query} />;
}

function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const shown = [];
  let at = 0;
  for (const from of placesOf(text, query)) {
    shown.push(text.slice(at, from), <mark key={from}>{text.slice(from, from + query.length)}</mark>);
    at = from + query.length;
  }
  return (
    <>
      {shown}
      {text.slice(at)}
    </>
  );
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
  const some =
    text.length > PREVIEW || Object.keys(value).length > first.length ? `${text.slice(0, PREVIEW)}, …` : text;
  return Array.isArray(value) ? `[${some}]` : `{${some}}`;
}
