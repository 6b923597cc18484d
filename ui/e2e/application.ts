/**
 * The real application: `app.py serve` as a process of its own on a free port, in a folder made for one story, with
 * folders of XDG, Jupyter and IPython in which nobody has lived before.
 *
 * Ending it also asserts that it ended in order, and that it printed no traceback.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
export const PYTHON = join(REPOSITORY, ".venv", "bin", "python");
/** The program and its first arguments: `app.py`, or the one file that the environment names (`make test-app`). */
const COMMAND: readonly string[] = process.env["ADRASTEA_COMMAND"]?.split(" ") ?? [PYTHON, join(REPOSITORY, "app.py")];
/** The notebooks that come with the application. */
export const EXAMPLES: readonly string[] = readdirSync(join(REPOSITORY, "examples"));
/** What every application lets in. */
export const TOKEN = "the-token-of-the-stories";

const FOLDERS = {
  HOME: "",
  XDG_CONFIG_HOME: "config",
  XDG_DATA_HOME: "data",
  XDG_STATE_HOME: "state",
  XDG_CACHE_HOME: "cache",
  XDG_RUNTIME_DIR: "run",
  JUPYTER_CONFIG_DIR: "jupyter/config",
  JUPYTER_DATA_DIR: "jupyter/data",
  JUPYTER_RUNTIME_DIR: "jupyter/run",
  JUPYTER_PATH: "jupyter/path",
  IPYTHONDIR: "ipython",
};
const FOREIGN = ["JUPYTER_PREFER_ENV_PATH", "JUPYTER_TOKEN", "MPLBACKEND", "PYTHONSTARTUP", "PYTHONPATH"];
const run = promisify(execFile);
const START = 60_000; // milliseconds
const END = 20_000; // milliseconds

export class Application {
  /** The notebooks' folder. */
  readonly folder: string;
  readonly #home: string;
  #server: Server | null = null;
  /** 0 until it is known. */
  #port = 0;
  #baseUrl = "/";

  constructor() {
    this.#home = mkdtempSync(join(tmpdir(), "adrastea-story-"));
    this.folder = join(this.#home, "notebooks");
    for (const folder of Object.values(FOLDERS)) mkdirSync(join(this.#home, folder), { recursive: true, mode: 0o700 });
    mkdirSync(this.folder);
  }

  /** The page's address, without credentials. */
  get address(): string {
    return `http://127.0.0.1:${this.#port}${this.#baseUrl}`;
  }

  /** Starts the server, on the same port when it has run before, and waits for its line. */
  async start(baseUrl = this.#baseUrl): Promise<void> {
    const asked = ["--port", String(this.#port), "--token", TOKEN, "--base-url", baseUrl];
    const server = new Server(["serve", this.folder, ...asked], this.#environment());
    this.#server = server;
    const { port, pathname } = new URL(await server.address());
    this.#port = Number(port);
    this.#baseUrl = pathname;
  }

  /** What stands in the settings file, from the next start on. */
  settings(text: string): void {
    this.#write(join(this.#home, FOLDERS.XDG_CONFIG_HOME, "adrastea", "settings.toml"), text);
  }

  /** What is kept of notebooks that are not saved. */
  journals(): string {
    const folder = join(this.#home, FOLDERS.XDG_STATE_HOME, "adrastea", "journals");
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
    const journals = files.filter((name) => name.endsWith(".journal"));
    return journals.map((name) => readFileSync(join(folder, name), "latin1")).join("");
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** As a power cut would: it has no time for anything. */
  async kill(): Promise<void> {
    await this.#server?.end("SIGKILL");
    this.#server = null;
  }

  async end(): Promise<void> {
    try {
      const left = await this.#server?.end("SIGTERM");
      if (left !== undefined && left.code !== 0) throw new Error(`The server ended with ${left.code}:\n${left.log}`);
      if (left?.log.includes("Traceback") === true) throw new Error(`The server printed a traceback:\n${left.log}`);
    } finally {
      this.#server = null;
      rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  /** One of the notebooks that come with the application, as it is. */
  copyExample(name: string): void {
    copyFileSync(join(REPOSITORY, "examples", name), join(this.folder, name));
  }

  write(name: string, text: string): void {
    this.#write(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** The cells' sources in a notebook's file. */
  sourcesOf(name: string): readonly string[] {
    const { cells } = JSON.parse(this.read(name)) as { readonly cells: readonly { source: string | string[] }[] };
    return cells.map(({ source }) => (typeof source === "string" ? source : source.join("")));
  }

  remove(name: string): void {
    rmSync(join(this.folder, name), { recursive: true });
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** What a program in the notebook's own terms says about a file: `notebook` is what nbformat reads, once validated. */
  async pythonOn(name: string, program: string): Promise<string> {
    const read = `import nbformat, sys\nnotebook = nbformat.read(sys.argv[1], as_version=4)\nnbformat.validate(notebook)\n`;
    const { stdout } = await run(PYTHON, ["-W", "error", "-c", read + program, join(this.folder, name)]);
    return stdout.trim();
  }

  /** What another run of the program prints, with these arguments, in the notebooks' folder. */
  async command(...args: readonly string[]): Promise<string> {
    const [program = PYTHON, ...first] = COMMAND;
    const { stdout } = await run(program, [...first, ...args], {
      cwd: this.folder,
      env: this.#environment(),
      maxBuffer: 64 * 1024 * 1024, // bytes
    });
    return stdout;
  }

  /** A kernel under another name; `argv` is that of the Python kernel unless given. */
  installKernel(name: string, displayName: string, argv?: readonly string[], env: NodeJS.ProcessEnv = {}): void {
    const folder = join(this.#home, FOLDERS.JUPYTER_PATH, "kernels", name);
    mkdirSync(folder, { recursive: true });
    const own = [PYTHON, "-m", "ipykernel_launcher", "-f", "{connection_file}"];
    const spec = { argv: argv ?? own, display_name: displayName, language: "python", env };
    writeFileSync(join(folder, "kernel.json"), JSON.stringify(spec));
  }

  /** What Jupyter's REST answers to somebody who has the token. */
  async rest(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(new URL(path, this.address), {
      ...init,
      headers: { Authorization: `token ${TOKEN}` },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }

  #write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  #environment(): NodeJS.ProcessEnv {
    const environment: NodeJS.ProcessEnv = { ...process.env };
    for (const name of FOREIGN) Reflect.deleteProperty(environment, name);
    for (const [name, folder] of Object.entries(FOLDERS)) environment[name] = join(this.#home, folder);
    environment["MPLCONFIGDIR"] = join(REPOSITORY, ".cache", "matplotlib"); // its font list takes seconds to make
    environment["PATH"] = [dirname(PYTHON), environment["PATH"] ?? ""].join(delimiter);
    return environment;
  }
}

interface Ended {
  /** The exit code, or the signal. */
  readonly code: number | string;
  /** Everything that it printed. */
  readonly log: string;
}

class Server {
  readonly #process: ChildProcess;
  readonly #ended: Promise<Ended>;
  #log = "";

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv) {
    const [program = PYTHON, ...first] = COMMAND;
    const child = spawn(program, [...first, ...args], { env: environment, stdio: "pipe" });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.#log += text));
    }
    this.#ended = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code: code ?? signal ?? "nothing", log: this.#log }));
    });
    const killed = (): void => void child.kill("SIGKILL"); // the runner was interrupted
    process.once("exit", killed);
    void this.#ended.finally(() => process.removeListener("exit", killed));
  }

  /** What it printed when it answered. */
  async address(): Promise<string> {
    const line = new Promise<string>((resolve) => {
      this.#process.stdout?.on("data", () => {
        const found = /http:\/\/\S+/.exec(this.#log);
        if (found !== null) resolve(found[0]);
      });
    });
    const failed = this.#ended.then(({ code, log }) => {
      throw new Error(`The server did not start (${code}):\n${log}`);
    });
    return within(START, "the server's line", Promise.race([line, failed]));
  }

  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.#process.kill(signal);
    try {
      return await within(END, "the server's end", this.#ended);
    } finally {
      this.#process.kill("SIGKILL");
    }
  }
}

/** `promise`, or an error that says what did not come. */
async function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${milliseconds / 1000} s for ${what}.`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
