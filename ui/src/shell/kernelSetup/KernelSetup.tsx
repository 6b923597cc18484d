/** The dialogs by which a Python becomes a kernel: one that is there, or a new environment. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { EnvironmentWish, PythonKernel } from "../../api/pythons";
import { Dialog, type DialogAction } from "../../design/Dialog";
import { FromServer } from "../../design/FromServer";
import { Spoken } from "../../design/Voice";
import { kernelSetupText as text } from "../../i18n/kernelSetup";
import { CopyButton } from "../../outputs/CopyButton";
import { Elapsed } from "../Elapsed";
import type { Shell } from "../shell";
import styles from "./KernelSetup.module.css";
import { KernelSetupStore, type PythonsApi, type Stage } from "./kernelSetupStore";
import { Environment, Interpreter } from "./SetupForms";

export interface KernelSetupProps {
  readonly what: "interpreter" | "environment";
  readonly api: () => Promise<PythonsApi>;
  /** The folder of the workspace that is shown. */
  readonly folder: string;
  /** The system's dialog for a file; null where there is none. */
  readonly browse: (() => Promise<string | null>) | null;
  readonly done: (kernel: PythonKernel) => void;
  readonly close: () => void;
}

/** What the dialogs need of the shell. */
export function setupOf(shell: Shell): Omit<KernelSetupProps, "what" | "close"> {
  return {
    api: () => shell.server.pythons(),
    folder: shell.files.folder.value,
    browse: shell.bridge.isNative() ? async () => (await shell.bridge.openFileDialog())[0] ?? null : null,
    done: (kernel) => {
      shell.closeLayer();
      shell.toasts.show(text.done(kernel.displayName));
      void shell.kernels.refresh();
    },
  };
}

export function KernelSetup(props: KernelSetupProps) {
  const { api, folder, done, close } = props;
  const what = useSignal(props.what);
  const store = useMemo(() => new KernelSetupStore(api, folder, done), []);
  useEffect(() => void store.look(), [store]);
  useEffect(() => () => store.cancel(), [store]);
  const wish = useSignal<EnvironmentWish>({});
  const make = (next: EnvironmentWish): void => {
    wish.value = next;
    void store.make(next);
  };
  const stage = store.stage.value;
  const makesOne = wish.value.folder !== undefined;
  switch (stage.at) {
    case "working":
      return (
        <Dialog title={text.workingTitle(makesOne)} actions={[]} cancelLabel={text.cancel} onCancel={close}>
          <Working stage={stage} />
        </Dialog>
      );
    case "failed": {
      const again: DialogAction = { label: text.again, run: () => store.again() };
      const create: DialogAction = {
        label: text.createInstead,
        run: () => {
          what.value = "environment";
          store.again();
        },
      };
      return (
        <Dialog
          title={text.failedTitle(makesOne)}
          actions={makesOne ? [again] : [again, create]}
          cancelLabel={text.close}
          onCancel={close}
        >
          <div class={styles.body}>
            <Spoken tag="p" isUrgent>
              <FromServer text={stage.message} />
            </Spoken>
            <Log lines={stage.lines} />
          </div>
        </Dialog>
      );
    }
    case "bare":
      return <Bare python={stage.python} install={make} back={() => store.again()} close={close} />;
    case "form":
    case "asking":
      return what.value === "interpreter" ? (
        <Interpreter {...props} store={store} stage={stage} />
      ) : (
        <Environment {...props} store={store} stage={stage} make={make} />
      );
  }
}

interface BareProps {
  readonly python: PythonKernel;
  readonly install: (wish: EnvironmentWish) => void;
  readonly back: () => void;
  readonly close: () => void;
}

function Bare({ python, install, back, close }: BareProps) {
  return (
    <Dialog
      title={text.chooseTitle}
      cancelLabel={text.cancel}
      onCancel={close}
      actions={[
        { label: text.back, run: back },
        { label: text.install, kind: "primary", run: () => install({ python: python.executable }) },
      ]}
    >
      <div class={styles.body}>
        <Spoken tag="p" isUrgent>
          {text.bare(python.executable)}
        </Spoken>
        <p>{text.installHow}</p>
        <pre class={styles.command}>{python.command}</pre>
        <div>
          <CopyButton label={text.copy} variant="plain" text={() => python.command} />
        </div>
      </div>
    </Dialog>
  );
}

function Working({ stage }: { readonly stage: Extract<Stage, { at: "working" }> }) {
  return (
    <div class={styles.body}>
      <p class={styles.note}>
        <Spoken>{stage.lines.at(-1) ?? ""}</Spoken> <Elapsed since={stage.since} />
      </p>
      <Log lines={stage.lines} />
    </div>
  );
}

/** It stays at its end. */
function Log({ lines }: { readonly lines: readonly string[] }) {
  const box = useRef<HTMLPreElement>(null);
  useLayoutEffect(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  if (lines.length === 0) return null;
  return (
    <pre ref={box} class={styles.log} tabIndex={0} role="region" aria-label={text.output}>
      {lines.join("\n")}
    </pre>
  );
}
