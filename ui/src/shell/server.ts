/** What the shell needs of the server. `main.tsx` hands over the real one; tests hand over their own. */
import type { ProblemReport } from "../api/problemReport";
import { sentenceOf } from "../i18n/sentenceOf";
import type { FilesApi, FolderEntry } from "../workspace/files/filesStore";
import type { RunningApi } from "../workspace/running/runningStore";
import type { TextFileApi } from "../workspace/textFile/textFileStore";
import type { PythonsApi } from "./kernelSetup/kernelSetupStore";
import type { KernelFound } from "./kernelsStore";

export interface ShellServer {
  readonly files: FilesApi;
  readonly running: RunningApi;
  readonly text: TextFileApi;
  /** What lies at a path. Rejects with `missing: true` where nothing does. */
  stat(path: string): Promise<FolderEntry>;
  kernels(): Promise<readonly KernelFound[]>;
  /** What makes a Python a kernel; loaded when it is asked for. */
  pythons(): Promise<PythonsApi>;
  /** Makes an empty notebook at a path that is free. */
  createNotebook(path: string): Promise<void>;
  /** Makes a notebook that cannot be read one that can, and returns the path of a copy of what was there. */
  repair(path: string): Promise<string>;
  /** Writes a copy of a file as the server has it now. */
  copyTo(path: string, to: string): Promise<void>;
  /** What is known about the program, for the report page. */
  report(): Promise<ProblemReport>;
  /** Whether the program had crashed before this start; true once. */
  takeCrash(): Promise<boolean>;
  /** The bytes of a file, with its type. */
  bytes(path: string): Promise<Blob>;
  /** Writes the bytes of a file from outside, in base64, whatever was there. */
  upload(path: string, base64: string): Promise<void>;
  /** The path in the workspace of a path of the server's system. Rejects with a sentence where it has none. */
  workspacePath(system: string): Promise<string>;
  /** The address of a file's bytes. */
  fileUrl(path: string): string;
}

/** A failed request: a sentence for the user, and whether it failed because nothing is there. */
export interface Failure {
  readonly message: string;
  readonly missing: boolean;
}

/** Any error as a sentence. Errors of the server carry a `status`. */
export function failureOf(error: unknown): Failure {
  const message = sentenceOf(error);
  return { message, missing: error instanceof Error && "status" in error && error.status === 404 };
}
