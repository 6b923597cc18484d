/** What was: the versions of a notebook, and the past runs of one of its cells. */
import type { OpenNotebook } from "../openNotebook";
import { PastRuns } from "./PastRuns";
import { Versions } from "./Versions";

export function HistoryDialogs({ notebook }: { readonly notebook: OpenNotebook }) {
  return (
    <>
      {notebook.versions.versions.value.at !== "closed" && <Versions notebook={notebook} />}
      {notebook.pastRuns.runs.value.at !== "closed" && <PastRuns notebook={notebook} />}
    </>
  );
}
