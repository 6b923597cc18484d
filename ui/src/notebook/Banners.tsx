/** What stands in the way of working, in place and with what can be done about it: between the bar and the cells. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button, type ButtonProps } from "../design/Button";
import { FromServer } from "../design/FromServer";
import { Icon } from "../design/Icon";
import { Spoken } from "../design/Voice";
import { en } from "../i18n/en";
import { formatMoment, formatTime } from "../i18n/formats";
import { bannersText as text } from "../i18n/banners";
import { notebookText } from "../i18n/notebook";
import styles from "./Banners.module.css";
import type { OpenNotebook } from "./openNotebook";

export function Banners({ notebook }: { readonly notebook: OpenNotebook }) {
  return (
    <div class={styles.banners}>
      <ConnectionBanner notebook={notebook} />
      <KernelBanner notebook={notebook} />
      <RestoredBanner notebook={notebook} />
      <CombinedBanner notebook={notebook} />
      <FileBanner notebook={notebook} />
      <NoticeBanner notebook={notebook} />
    </div>
  );
}

interface BannerProps {
  readonly tone: "error" | "warn";
  readonly children: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly log?: string;
  /** Whether the voice says it already: what stands in the status bar, and notices. */
  readonly isSaid?: boolean;
}

function Banner({ tone, children, actions, log = "", isSaid = false }: BannerProps) {
  const [open, setOpen] = useState(false);
  return (
    <div class={`${styles.banner ?? ""} ${styles[tone] ?? ""}`} data-banner={tone}>
      <Icon name={tone === "error" ? "error" : "warning"} />
      {isSaid ? (
        <div class={styles.text}>{children}</div>
      ) : (
        <Spoken tag="div" class={styles.text} isUrgent={tone === "error"}>
          {children}
        </Spoken>
      )}
      <div class={styles.actions}>
        {log !== "" && <Button label={text.log} variant="quiet" expanded={open} onClick={() => setOpen(!open)} />}
        {actions}
      </div>
      {open && <pre class={styles.log}>{log}</pre>}
    </div>
  );
}

/** For what the server does. */
function ServerButton({ notebook: { store }, onClick, ...button }: ButtonProps & { readonly notebook: OpenNotebook }) {
  const refusal = store.isOffline.value ? notebookText.notices.offline : "";
  return (
    <Button
      {...button}
      refusal={refusal}
      onClick={(event) => (refusal === "" ? onClick(event) : store.announce(refusal, true))}
    />
  );
}

/** What is shown is the notebook from now on. */
function KeepShown({ notebook }: { readonly notebook: OpenNotebook }) {
  const keep = (): void => notebook.document.settle();
  return <ServerButton notebook={notebook} label={text.keepShown} variant="primary" onClick={keep} />;
}

function ConnectionBanner({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store, document } = notebook;
  const connection = store.connection.value;
  if (store.load.value.at !== "ready" || connection.at !== "waiting") return null;
  return (
    <Banner isSaid tone="warn" actions={<Button label={text.retryNow} onClick={() => document.retryNow()} />}>
      {text.offline} {connection.seconds > 1 && <span aria-hidden="true">{text.seconds(connection.seconds)}</span>}
    </Banner>
  );
}

function KernelBanner({ notebook }: { readonly notebook: OpenNotebook }) {
  const { kernel, store } = notebook;
  const { state, message, log } = store.kernel.value;
  const choose = (
    <ServerButton notebook={notebook} label={text.choose} onClick={() => notebook.runCommand("kernel.change")} />
  );
  if (state === "dead") {
    const hasSkipped = notebook.runHistory.skipped.value.size > 0;
    const restart = (
      <ServerButton notebook={notebook} label={text.restart} variant="primary" onClick={() => void kernel.restart()} />
    );
    return (
      <Banner
        tone="error"
        log={log}
        actions={
          <>
            {choose}
            {store.hasRun.value && (
              <ServerButton
                notebook={notebook}
                label={text.restartHere}
                onClick={() => notebook.runCommand("kernel.restart-and-run-here")}
              />
            )}
            {restart}
          </>
        }
      >
        {message === "" ? text.died : <FromServer text={message} />} {store.hasRun.value && text.diedMore}{" "}
        {hasSkipped && text.queueCleared}
      </Banner>
    );
  }
  if (message === "" || (state !== "none" && state !== "starting")) return null;
  return (
    <Banner
      tone="error"
      log={log}
      actions={
        <>
          <ServerButton notebook={notebook} label={text.retry} onClick={() => void kernel.start()} />
          {choose}
        </>
      }
    >
      <FromServer text={message} />
    </Banner>
  );
}

function FileBanner({ notebook }: { readonly notebook: OpenNotebook }) {
  const { state, message, writable } = notebook.store.document.value;
  const action = (label: string, id: string) => (
    <ServerButton notebook={notebook} label={label} onClick={() => notebook.runCommand(id)} />
  );
  switch (state) {
    case "changed_on_disk":
      return (
        <Banner
          tone="warn"
          actions={
            <>
              {action(text.compare, "document.compare")}
              {action(text.reload, "document.reload")}
              {action(text.keep, "document.overwrite")}
            </>
          }
        >
          {text.changed} <FromServer text={message} />
        </Banner>
      );
    case "failed":
      return (
        <Banner
          tone="error"
          actions={
            <>
              {action(en.commands.saveAs, "file.save-as")}
              {action(text.retry, "document.save")}
            </>
          }
        >
          {message === "" ? text.notSaved : <FromServer text={message} />} {text.notSavedMore}
        </Banner>
      );
    case "saved":
    case "saving":
      return null;
    case "unsaved":
      return writable ? null : (
        <Banner tone="warn" actions={action(en.commands.saveAs, "file.save-as")}>
          {text.readOnly}
        </Banner>
      );
  }
}

function RestoredBanner({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store, document } = notebook;
  const { restored } = store.document.value;
  if (restored === null) return null;
  const isRestored = restored.shown === "restored";
  const other = isRestored ? "saved" : "restored";
  return (
    <Banner
      tone="warn"
      actions={
        <>
          <ServerButton
            notebook={notebook}
            label={isRestored ? text.showSaved : text.showRestored}
            onClick={() => document.show(other)}
          />
          <KeepShown notebook={notebook} />
        </>
      }
    >
      {isRestored ? text.restored(moment(restored.at)) : text.savedShown}
    </Banner>
  );
}

function CombinedBanner({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store, document } = notebook;
  const { combined } = store.document.value;
  if (combined === null) return null;
  const { shown, taken, undecided } = combined;
  const others = (["merged", "mine", "disk"] as const).filter((version) => version !== shown);
  return (
    <Banner
      tone="warn"
      actions={
        <>
          {others.map((version) => (
            <ServerButton
              key={version}
              notebook={notebook}
              label={text.showVersion[version]}
              onClick={() => document.show(version)}
            />
          ))}
          <KeepShown notebook={notebook} />
        </>
      }
    >
      {shown === "merged" ? text.combined(taken, undecided.length) : text.versionShown[shown]}
    </Banner>
  );
}

/** A time of today by the clock, an earlier one with its day. */
function moment(at: Date | null): string {
  if (at === null) return "";
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? formatTime(at) : formatMoment(at);
}

function NoticeBanner({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store } = notebook;
  const notice = store.notice.value;
  if (notice === null || notice.message === store.kernel.value.message) return null; // the other one has more to offer
  return (
    <Banner isSaid tone="warn" actions={<Button label={text.dismiss} onClick={() => store.dismissNotice()} />}>
      <FromServer text={notice.message} />
    </Banner>
  );
}
