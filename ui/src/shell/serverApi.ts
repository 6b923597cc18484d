/** The real server behind what the shell asks for. */
import {
  copyTo,
  duplicate,
  getFile,
  listFolder,
  newFile,
  newFolder,
  newNotebook,
  rename,
  repairNotebook,
  saveFile,
  statPath,
  trash,
  uploadFile,
  workspacePathOf,
} from "../api/contents";
import { listKernelspecs } from "../api/kernelspecs";
import { endLeftKernel, leftKernels, takeOverKernel } from "../api/leftKernels";
import { getReport, takeCrash } from "../api/problemReport";
import { interruptKernel, restartKernel, runningSessions, shutdownSession } from "../api/sessions";
import { encodePath, requestBytes, serverUrl } from "../wire/http";
import { folderOf } from "../workspace/paths";
import { kernelState, type RunningKernel } from "../workspace/running/runningStore";
import type { KernelFound } from "./kernelsStore";
import type { ShellServer } from "./server";

export function createServer(): ShellServer {
  return {
    files: { listFolder, newNotebook, newFolder, newFile, duplicate, rename, trash },
    running: {
      list: runningKernels,
      interrupt: interruptKernel,
      restart: restartKernel,
      shutDown: shutdownSession,
      left: leftKernels,
      takeOver: takeOverKernel,
      end: endLeftKernel,
    },
    text: { read: getFile, write: (path, text) => saveFile(path, text).then(nothing) },
    stat: statPath,
    kernels,
    pythons: () => import("../api/pythons"),
    createNotebook,
    report: getReport,
    takeCrash,
    repair: repairNotebook,
    copyTo: (path, to) => copyTo(path, to).then(nothing),
    bytes: (path) => requestBytes(`files/${encodePath(path)}`),
    upload: (path, base64) => uploadFile(path, base64).then(nothing),
    workspacePath: workspacePathOf,
    fileUrl: (path) => serverUrl(`files/${encodePath(path)}`).href,
  };
}

/** The server's own empty notebook, with its one cell, under the name that is wanted. */
async function createNotebook(path: string): Promise<void> {
  const made = await newNotebook(folderOf(path));
  if (made.path !== path) await rename(made.path, path);
}

async function kernels(): Promise<readonly KernelFound[]> {
  const found = await listKernelspecs();
  return found.list.map((spec) => ({
    name: spec.name,
    displayName: spec.displayName,
    language: spec.language,
    isDefault: spec.name === found.default,
    origin: /[\\/]/.test(spec.program) ? spec.program : spec.name,
  }));
}

async function runningKernels(): Promise<readonly RunningKernel[]> {
  const [sessions, specs] = await Promise.all([runningSessions(), listKernelspecs()]);
  return sessions.map((session) => ({
    sessionId: session.id,
    kernelId: session.kernelId,
    path: session.path,
    displayName: specs.list.find((spec) => spec.name === session.kernelName)?.displayName ?? session.kernelName,
    state: kernelState(session.state),
  }));
}

function nothing(): void {
  return undefined;
}
