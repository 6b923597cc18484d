/** The first page: begin, go on with what was open, and which kernels there are. */
import { Button } from "../design/Button";
import { FromServer } from "../design/FromServer";
import { Icon } from "../design/Icon";
import { Spoken } from "../design/Voice";
import { en } from "../i18n/en";
import { welcomeText as text } from "../i18n/welcome";
import { folderOf, nameOf } from "../workspace/paths";
import type { KernelsFound } from "./kernelsStore";
import { showKeys } from "./keys";
import styles from "./Welcome.module.css";

export interface WelcomeProps {
  readonly kernels: KernelsFound;
  readonly recent: readonly string[];
  readonly mac: boolean;
  readonly open: (path: string) => void;
  readonly run: (command: string) => void;
  readonly lookAgain: () => void;
}

export function Welcome({ kernels, recent, mac, open, run, lookAgain }: WelcomeProps) {
  return (
    <div class={styles.welcome}>
      <header class={styles.head}>
        <img src="icon.svg" alt="" width={56} height={56} />
        <div>
          <h2 class={styles.title}>{text.title}</h2>
          <p class={styles.subtitle}>{text.subtitle}</p>
        </div>
      </header>
      <div class={styles.columns}>
        <section>
          <h3>{text.start}</h3>
          <div class={styles.actions}>
            <Button
              label={en.commands.newNotebook}
              icon="plus"
              variant="primary"
              onClick={() => run("file.new-notebook")}
            />
            <Button label={en.commands.open} icon="file" onClick={() => run("file.open")} />
            <Button label={en.commands.openFolder} icon="folder" onClick={() => run("file.open-folder")} />
          </div>
        </section>
        <section>
          <h3>{text.kernels}</h3>
          <Kernels kernels={kernels} lookAgain={lookAgain} run={run} />
        </section>
        <section>
          <h3>{text.recent}</h3>
          {recent.length === 0 && <p class={styles.note}>{text.nothingRecent}</p>}
          <ul role="list" class={styles.list}>
            {recent.map((path) => (
              <li key={path}>
                <button type="button" class={styles.recent} title={path} onClick={() => open(path)}>
                  <Icon name={path.endsWith(".ipynb") ? "notebook" : "file"} />
                  <span class={styles.name}>{nameOf(path)}</span>
                  <span class={styles.where}>{folderOf(path)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <p class={styles.keys}>{text.keys(text.modes, showKeys("Shift+Enter", mac), showKeys("Mod+Shift+P", mac))}</p>
    </div>
  );
}

function Kernels({ kernels, lookAgain, run }: Pick<WelcomeProps, "kernels" | "lookAgain" | "run">) {
  if (kernels.at === "loading") return <p class={styles.note}>{text.loading}</p>;
  if (kernels.at === "failed") {
    return (
      <Spoken tag="div">
        <p class={styles.note}>
          <FromServer text={text.failed(kernels.message)} />
        </p>
        <Button label={text.lookAgain} onClick={lookAgain} />
      </Spoken>
    );
  }
  const hasPython = kernels.list.some((kernel) => kernel.language.toLowerCase() === "python");
  return (
    <>
      <ul role="list" class={styles.list}>
        {kernels.list.map((kernel) => (
          <li key={kernel.name} class={styles.kernel}>
            <Icon name="kernel" />
            <span class={styles.name}>{kernel.displayName}</span>
            <span class={styles.where} title={kernel.origin}>
              {[kernel.isDefault ? text.isDefault : "", kernel.origin].filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      {!hasPython && (
        <>
          <p>
            <strong>{text.noKernel}</strong>
          </p>
          <p class={styles.note}>{text.noKernelHint}</p>
          <div class={styles.actions}>
            <Button label={en.commands.chooseInterpreter} onClick={() => run("kernel.choose-interpreter")} />
            <Button label={en.commands.createEnvironment} onClick={() => run("kernel.create-environment")} />
            <Button label={text.learnMore} onClick={() => run("help.kernels")} />
            <Button label={text.lookAgain} icon="restart" variant="quiet" onClick={lookAgain} />
          </div>
        </>
      )}
    </>
  );
}
