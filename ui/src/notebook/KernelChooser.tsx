/** The question which kernel a notebook is to have. */
import { useState } from "preact/hooks";
import { Dialog } from "../design/Dialog";
import { FromServer } from "../design/FromServer";
import { en } from "../i18n/en";
import { kernelChooserText as text } from "../i18n/kernelChooser";
import { sentenceOf } from "../i18n/sentenceOf";
import styles from "./KernelChooser.module.css";
import type { OpenNotebook } from "./openNotebook";

export function KernelChooser({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store } = notebook;
  const found = notebook.kernels.found.value;
  const list = found.at === "ready" ? found.kernels.list : [];
  const [chosen, choose] = useState(store.kernel.peek().name);
  const close = (): void => void (notebook.choosingKernel.value = false);
  const name = store.document.value.path.split("/").at(-1) ?? "";
  const use = (): void => {
    close();
    if (chosen === null) return;
    notebook.kernel.change(chosen).catch((error: unknown) => {
      store.notify(sentenceOf(error));
    });
  };
  const another = (): void => {
    close();
    notebook.runCommand("kernel.choose-interpreter");
  };
  const isKnown = list.some((spec) => spec.name === chosen);
  return (
    <Dialog
      title={text.title}
      actions={[
        { label: en.commands.chooseInterpreter, run: another },
        { label: text.use, kind: "primary", disabled: !isKnown, run: use },
      ]}
      onCancel={close}
    >
      {found.at === "failed" && (
        <p>
          <FromServer text={text.failed(found.message)} />
        </p>
      )}
      {found.at === "loading" && <p>{text.looking}</p>}
      {found.at === "ready" && <p>{list.length === 0 ? text.none : text.text(name)}</p>}
      <fieldset class={styles.list}>
        <legend class="visually-hidden">{text.choose}</legend>
        {list.map((spec) => (
          <label key={spec.name} class={styles.kernel} title={spec.program}>
            <input type="radio" name="kernel" checked={spec.name === chosen} onChange={() => choose(spec.name)} />
            <span>{spec.displayName}</span>
            <span class={styles.more}>
              {found.at === "ready" && found.kernels.default === spec.name ? text.isDefault : spec.language}
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
