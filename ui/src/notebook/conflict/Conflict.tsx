/** A file that has changed and cannot be merged: the user's text and the file's, and what can be done with them. */
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { writtenForm } from "../../api/contents";
import { Dialog, type DialogAction } from "../../design/Dialog";
import { FromServer } from "../../design/FromServer";
import { Spoken } from "../../design/Voice";
import { bannersText } from "../../i18n/banners";
import { conflictText as text } from "../../i18n/conflict";
import { sentenceOf } from "../../i18n/sentenceOf";
import { encodePath, type Part, requestRange } from "../../wire/http";
import type { OpenNotebook } from "../openNotebook";
import styles from "./Conflict.module.css";
import { type Row, sideBySide } from "./sideBySide";

const LARGEST = 20_000_000; // bytes

interface Texts {
  readonly mine: string;
  readonly theirs: string;
  /** Why the file's is not all there; empty where it is. */
  readonly trouble: string;
}

export function Conflict({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store } = notebook;
  const { path, message } = store.document.value;
  const isOver = useComputed(() => store.document.value.state !== "changed_on_disk").value;
  const [texts, setTexts] = useState<Texts | string | null>(null);
  const close = (): void => void (notebook.comparing.value = false);
  useEffect(() => {
    textsOf(path).then(setTexts, (error: unknown) => setTexts(sentenceOf(error)));
  }, [path, message]);
  useEffect(() => {
    if (isOver) close(); // the other program has put it right, or another view has decided
  }, [isOver]);
  const choose = (label: string, run: () => void, kind?: "primary"): DialogAction => ({
    label,
    ...(kind && { kind }),
    run: () => {
      close();
      run();
    },
  });
  const command = (id: string) => () => notebook.runCommand(id);
  const name = path.split("/").at(-1) ?? "";
  return (
    <Dialog
      wide
      title={text.title(name)}
      actions={[
        message === ""
          ? choose(text.take, command("document.reload"))
          : choose(text.showAsText, () => notebook.showAsText(message)),
        choose(text.saveAs, command("file.save-as")),
        choose(bannersText.keep, command("document.overwrite"), "primary"),
      ]}
      cancelLabel={text.close}
      onCancel={close}
    >
      <div class={styles.conflict}>
        <p>
          {text.explained}{" "}
          {message !== "" && (
            <>
              {text.cannotBeTaken} <FromServer text={message} />
            </>
          )}
        </p>
        {texts === null && <p>{text.loading}</p>}
        {typeof texts === "string" && (
          <Spoken tag="p" isUrgent>
            <FromServer text={texts} />
          </Spoken>
        )}
        {texts !== null && typeof texts !== "string" && <Columns texts={texts} />}
      </div>
    </Dialog>
  );
}

function Columns({ texts }: { readonly texts: Texts }) {
  const { rows, isCut } = useMemo(() => sideBySide(texts.mine, texts.theirs), [texts]);
  return (
    <>
      {texts.trouble !== "" && (
        <p class={styles.trouble}>
          <FromServer text={texts.trouble} />
        </p>
      )}
      <div class={styles.shown} role="region" aria-label={text.both} tabIndex={0}>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.mine}</th>
              <th scope="col">{text.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Line key={at} row={row} />
            ))}
          </tbody>
        </table>
        {isCut && <p>{text.cut}</p>}
      </div>
    </>
  );
}

function Line({ row }: { readonly row: Row }) {
  if (row.kind === "folded") {
    return (
      <tr>
        <td colSpan={2} class={styles.folded}>
          {text.sameLines(row.lines)}
        </td>
      </tr>
    );
  }
  const isSame = row.kind === "same";
  const side = (line: string | null, look: string | undefined, sign: string) => (
    <td class={isSame || line === null ? styles.same : look}>
      {line === null ? "" : `${isSame ? " " : sign} ${line}`}
    </td>
  );
  return (
    <tr>
      {side(row.mine, styles.mine, "−")}
      {side(row.theirs, styles.theirs, "+")}
    </tr>
  );
}

async function textsOf(path: string): Promise<Texts> {
  const [mine, theirs] = await Promise.all([writtenForm(path), beginningOf(path)]);
  if (typeof theirs === "string") return { mine, theirs: "", trouble: `${text.unreadable} ${theirs}` };
  const { bytes, total } = theirs;
  if (total > bytes.length) return { mine, theirs: "", trouble: text.tooLarge(total) };
  return { mine, theirs: new TextDecoder().decode(bytes), trouble: isUtf8(bytes) ? "" : text.noText };
}

/** What the file holds, or why that cannot be told. */
function beginningOf(path: string): Promise<Part | string> {
  return requestRange(`files/${encodePath(path)}`, 0, LARGEST).catch((error: unknown) => sentenceOf(error));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
