/** Beside an output that a package would draw: installs it where the kernel runs, and has the output drawn then. */
import { useContext, useEffect, useMemo, useRef } from "preact/hooks";
import type { DrawingPackage } from "../api/packageInstall";
import { Button } from "../design/Button";
import { FromServer } from "../design/FromServer";
import { Spoken } from "../design/Voice";
import { packageInstallText as text } from "../i18n/packageInstall";
import styles from "./HtmlOutput.module.css";
import { PackageInstall } from "./packageInstall";
import { Host, type OutputHost } from "./place";

export interface InstallProps {
  readonly name: DrawingPackage;
  /** It is there: the output can be drawn. */
  readonly done: () => void;
}

export function InstallPackage(props: InstallProps) {
  const host = useContext(Host);
  return host === null || host.libraries.kernel === "" ? null : <Install {...props} host={host} />;
}

function Install({ name, done, host }: InstallProps & { readonly host: OutputHost }) {
  const { kernel } = host.libraries;
  // One for all outputs of the notebook that need it.
  const install = useMemo(
    () => host.memory.choice(`${name} for ${kernel}`, new PackageInstall(kernel, name)).peek(),
    [host, kernel, name],
  );
  const stage = install.stage.value;
  const before = useRef(stage.at);
  useEffect(() => {
    if (stage.at === "done" && before.current !== "done") done();
    before.current = stage.at;
  }, [stage.at]);
  const start = (label: string) => (
    <Button label={label} title={text.where(kernel)} refusal={host.refusal()} onClick={() => void install.start()} />
  );
  switch (stage.at) {
    case "none":
    case "done":
      return start(text.install(name));
    case "working":
      return (
        <span class={styles.actions}>
          <Spoken>{text.working(name)}</Spoken>
          <span class={styles.line}>{stage.line}</span>
          <Button label={text.cancel} onClick={() => install.cancel()} />
        </span>
      );
    case "failed":
      return (
        <span class={styles.actions}>
          <Spoken isUrgent>
            <FromServer text={text.failed(name, stage.message)} />
          </Spoken>
          {start(text.again)}
        </span>
      );
  }
}
