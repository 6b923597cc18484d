/** The place of the dialogs about what was: they are loaded when one of them is asked for the first time. */
import { useComputed } from "@preact/signals";
import { type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenNotebook } from "../openNotebook";

type Dialogs = ComponentType<{ readonly notebook: OpenNotebook }>;

export function HistorySlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const { versions, pastRuns } = notebook;
  const isAsked = useComputed(
    () => versions.versions.value.at !== "closed" || pastRuns.runs.value.at !== "closed",
  ).value;
  const [loaded, setLoaded] = useState<{ readonly Dialogs: Dialogs } | null>(null);
  useEffect(() => {
    if (!isAsked || loaded !== null) return;
    import("./HistoryDialogs").then(
      ({ HistoryDialogs }) => setLoaded({ Dialogs: HistoryDialogs }),
      () => {
        versions.close();
        pastRuns.close();
      },
    );
  }, [isAsked]);
  return loaded === null ? null : <loaded.Dialogs notebook={notebook} />;
}
