/** What is asked: which Python, or where a new environment is to lie. */
import { useSignal } from "@preact/signals";
import type { EnvironmentWish } from "../../api/pythons";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { FromServer } from "../../design/FromServer";
import { Spoken } from "../../design/Voice";
import { kernelSetupText as text } from "../../i18n/kernelSetup";
import styles from "./KernelSetup.module.css";
import type { KernelSetupProps } from "./KernelSetup";
import type { KernelSetupStore, Stage } from "./kernelSetupStore";

/** What a form does instead of leaving the page. */
function submitting(act: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    act();
  };
}

interface FormProps extends KernelSetupProps {
  readonly store: KernelSetupStore;
  readonly stage: Extract<Stage, { at: "form" | "asking" }>;
}

export function Interpreter({ store, stage, browse, close }: FormProps) {
  const path = useSignal("");
  const pythons = store.found.value?.pythons ?? null;
  const isAsking = stage.at === "asking";
  const use = (): void => {
    if (path.value.trim() !== "" && !isAsking) void store.use(path.value);
  };
  const pick = async (): Promise<void> => {
    path.value = (await browse?.()) ?? path.value;
  };
  return (
    <Dialog
      title={text.chooseTitle}
      cancelLabel={text.cancel}
      onCancel={close}
      actions={[
        {
          label: isAsking ? text.asking : text.use,
          kind: "primary",
          disabled: isAsking || path.value.trim() === "",
          run: use,
        },
      ]}
    >
      <form class={styles.body} onSubmit={submitting(use)}>
        <p>{text.chooseText}</p>
        <fieldset class={styles.list}>
          <legend>{text.found}</legend>
          {pythons === null && stage.at === "form" && stage.problem === "" && <p class={styles.note}>{text.looking}</p>}
          {pythons?.length === 0 && <p class={styles.note}>{text.noneFound}</p>}
          {pythons?.map((python) => (
            <label key={python} class={styles.python}>
              <input
                type="radio"
                name="python"
                checked={path.value === python}
                onChange={() => (path.value = python)}
              />
              <span>{python}</span>
            </label>
          ))}
        </fieldset>
        <label class={styles.field}>
          {text.path}
          <span class={styles.row}>
            <input
              class={styles.input}
              value={path.value}
              autofocus
              spellcheck={false}
              onInput={(event) => (path.value = event.currentTarget.value)}
            />
            {browse !== null && <Button label={text.browse} onClick={() => void pick()} />}
          </span>
        </label>
        <Problem stage={stage} />
      </form>
    </Dialog>
  );
}

export function Environment({
  store,
  stage,
  make,
  close,
}: FormProps & { readonly make: (wish: EnvironmentWish) => void }) {
  const { pythons, environment } = store.found.value ?? { pythons: [], environment: "" };
  const typed = useSignal<string | null>(null);
  const python = useSignal("");
  const folder = typed.value ?? environment;
  const create = (): void => {
    if (folder.trim() !== "") {
      make({ folder: folder.trim(), ...(python.value !== "" && { python: python.value }) });
    }
  };
  return (
    <Dialog
      title={text.createTitle}
      cancelLabel={text.cancel}
      onCancel={close}
      actions={[{ label: text.create, kind: "primary", disabled: folder.trim() === "", run: create }]}
    >
      <form class={styles.body} onSubmit={submitting(create)}>
        <p>{text.createText}</p>
        <label class={styles.field}>
          {text.folder}
          <input
            class={styles.input}
            value={folder}
            autofocus
            spellcheck={false}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        </label>
        <label class={styles.field}>
          {text.python}
          <select
            class={styles.input}
            value={python.value}
            onChange={(event) => (python.value = event.currentTarget.value)}
          >
            <option value="">{text.anyPython}</option>
            {pythons.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <Problem stage={stage} />
      </form>
    </Dialog>
  );
}

function Problem({ stage }: { readonly stage: Stage }) {
  if (stage.at !== "form" || stage.problem === "") return null;
  return (
    <Spoken tag="p" class={styles.problem} isUrgent>
      <FromServer text={stage.problem} />
    </Spoken>
  );
}
