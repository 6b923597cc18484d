/**
 * JupyterLab's own client of a server, `@jupyterlab/services`, as it comes from npm: what JupyterLab, Notebook 7 and
 * VS Code's Jupyter extension speak to servers with. Its sockets can be cut, and kept from offering a subprotocol.
 */
import { ServerConnection, ServiceManager, type Kernel, type KernelMessage, type Session } from "@jupyterlab/services";
import { type Application, TOKEN } from "./application";

/** How the channels of a kernel are written: as today's JupyterLab does, or as older clients do. */
export type Form = "v1.kernel.websocket.jupyter.org" | "JSON";

/** Node's socket, as the library takes it from the package `ws`. */
interface Socket {
  terminate(): void;
  on(event: "error", listener: (error: Error) => void): void;
  readonly protocol: string;
}
type SocketClass = new (address: string, protocols?: string | string[], options?: object) => Socket;

export class JupyterLab {
  readonly services: ServiceManager.IManager;
  readonly settings: ServerConnection.ISettings;
  /** Why sockets were refused. */
  readonly refusals: string[] = [];
  readonly #sockets: Socket[] = [];

  constructor(application: Application, form: Form = "v1.kernel.websocket.jupyter.org") {
    const [sockets, refusals] = [this.#sockets, this.refusals];
    const Original = ServerConnection.makeSettings().WebSocket as unknown as SocketClass;
    class Watched extends Original {
      constructor(address: string, protocols?: string | string[], options?: object) {
        super(address, form === "JSON" ? [] : protocols, options);
        this.on("error", ({ message }) => refusals.push(`${new URL(address).pathname}: ${message}`));
        sockets.push(this);
      }
    }
    this.settings = ServerConnection.makeSettings({
      baseUrl: application.address,
      wsUrl: application.address.replace("http", "ws"),
      token: TOKEN,
      appendToken: true,
      WebSocket: Watched as unknown as typeof WebSocket,
    });
    this.services = new ServiceManager({ serverSettings: this.settings, standby: "never" });
  }

  /** The subprotocols that the server has chosen. */
  get protocols(): readonly string[] {
    return this.#sockets.map(({ protocol }) => protocol);
  }

  /** As a bad network does: the sockets end without a word. */
  cut(): void {
    for (const socket of this.#sockets.splice(0)) socket.terminate();
  }

  /** A session of a notebook with a Python kernel that answers. */
  async start(path: string): Promise<RunningSession> {
    const options = { path, name: path, type: "notebook", kernel: { name: "python3" } };
    const session = await this.services.sessions.startNew(options);
    if (session.kernel === null) throw new Error("The session has no kernel.");
    await session.kernel.info;
    return { session, kernel: session.kernel };
  }

  async end(): Promise<void> {
    await this.services.sessions.shutdownAll();
    this.services.dispose();
  }
}

export interface RunningSession {
  readonly session: Session.ISessionConnection;
  readonly kernel: Kernel.IKernelConnection;
}

/** What running some code has brought. */
export interface Run {
  readonly reply: KernelMessage.IExecuteReplyMsg;
  readonly iopub: readonly KernelMessage.IIOPubMessage[];
}

/** Runs code to its end; `answer` is what is typed when it asks. */
export async function run(kernel: Kernel.IKernelConnection, code: string, answer?: string): Promise<Run> {
  const iopub: KernelMessage.IIOPubMessage[] = [];
  const future = kernel.requestExecute({ code, allow_stdin: answer !== undefined, store_history: true });
  future.onIOPub = (message) => void iopub.push(message);
  future.onStdin = (message) => {
    if (message.header.msg_type === "input_request" && answer !== undefined)
      future.sendInputReply({ status: "ok", value: answer }, message.header as never);
  };
  const reply = await future.done;
  return { reply, iopub };
}

/** The text that a run has printed on stdout. */
export function printed({ iopub }: Run): string {
  return iopub
    .map((message) => ("name" in message.content && message.header.msg_type === "stream" ? message.content.text : ""))
    .join("");
}
