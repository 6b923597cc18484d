/** The page of the manual on kernels, from the program itself: it can be read without a network. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog } from "../../design/Dialog";
import { Spoken } from "../../design/Voice";
import { kernelSetupText as text } from "../../i18n/kernelSetup";
import { markdownClass, renderMarkdown } from "../../markdown/markdown";
import manual from "../../../../docs/kernels.md?raw";
import styles from "./KernelSetup.module.css";

export function KernelHelp({ close }: { readonly close: () => void }) {
  const page = useSignal("");
  const failed = useSignal(false);
  useEffect(() => {
    renderMarkdown(howToAddOne(manual)).then(
      (html) => (page.value = html),
      () => (failed.value = true),
    );
  }, []);
  return (
    <Dialog wide title={text.helpTitle} actions={[]} cancelLabel={text.close} onCancel={close}>
      <div class={styles.help}>
        <p>{text.helpText}</p>
        {failed.value && (
          <Spoken tag="p" isUrgent>
            {text.helpFailed}
          </Spoken>
        )}
        <div class={markdownClass} lang="en" dangerouslySetInnerHTML={{ __html: page.value }} />
      </div>
    </Dialog>
  );
}

/** Of the page, what a reader needs who wants a kernel; the rest is what was measured. */
export function howToAddOne(page: string): string {
  const begin = page.indexOf("\n## ");
  const end = page.indexOf("\n## ", begin + 1);
  return page.slice(begin + 1, end < 0 ? undefined : end);
}
