/** Everything in German, one file beside each English one: a chunk that only who reads German fetches. */
import { banners } from "./banners";
import { cellPage } from "./cellPage";
import { conflict } from "./conflict";
import { drag } from "./drag";
import { editor } from "./editor";
import { exporting } from "./exporting";
import { find } from "./find";
export { inGerman } from "./fromServer";
import { help } from "./help";
import { history } from "./history";
import { inspector } from "./inspector";
import { kernelChooser } from "./kernelChooser";
import { kernelSetup } from "./kernelSetup";
import { keySettings } from "./keySettings";
import { manyOutputs } from "./manyOutputs";
import { markdown } from "./markdown";
import { notebook } from "./notebook";
import { outline } from "./outline";
import { outputs } from "./outputs";
import { packageInstall } from "./packageInstall";
import { pdf } from "./pdf";
import { report } from "./report";
import { shell } from "./shell";
import { units } from "./units";
import { welcome } from "./welcome";
import { widgetState } from "./widgetState";
import { widgets } from "./widgets";
import { wire } from "./wire";
import { workspace } from "./workspace";

export const de = {
  banners,
  cellPage,
  conflict,
  drag,
  editor,
  exporting,
  find,
  help,
  history,
  inspector,
  kernelChooser,
  kernelSetup,
  keySettings,
  manyOutputs,
  markdown,
  notebook,
  outline,
  outputs,
  packageInstall,
  pdf,
  report,
  shell,
  units,
  welcome,
  widgetState,
  widgets,
  wire,
  workspace,
};
