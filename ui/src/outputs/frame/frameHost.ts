/**
 * The page's end of one frame: hands the port over when the frame has loaded, once, and then sends and hears. What the
 * frame loads later by itself gets nothing. Knows nothing of how the frame stands in the page.
 */
import { appearanceOf, watchAppearance } from "./appearance";
import { CONNECT, type FrameContent, type FromFrame, type Library, parseFromFrame, type ToFrame } from "./protocol";

export class FrameHost {
  readonly #port: MessagePort;
  readonly #page: Document;
  readonly #unwatch: () => void;
  #theirs: MessagePort | null;

  /** `hear` gets everything that the frame says, parsed. */
  constructor(hear: (said: FromFrame) => void, page: Document = document) {
    const { port1, port2 } = new MessageChannel();
    this.#page = page;
    this.#port = port1;
    this.#theirs = port2;
    this.#port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const said = parseFromFrame(data);
      if (said !== null) hear(said);
    };
    this.#unwatch = watchAppearance(page, () => this.#tellAppearance());
    this.#tellAppearance();
  }

  /** The frame has loaded. */
  connect(frame: HTMLIFrameElement): void {
    if (this.#theirs === null || frame.contentWindow === null) return;
    frame.contentWindow.postMessage({ type: CONNECT }, "*", [this.#theirs]); // its origin is opaque: it has no name
    this.#theirs = null;
  }

  /** Once. May be called before the frame has loaded. */
  show(content: FrameContent, libraries: readonly Library[] = []): void {
    this.#post({ type: "show", content, libraries });
  }

  update(value: unknown): void {
    this.#post({ type: "update", value });
  }

  /** Puts the keyboard into what the frame shows. */
  focus(): void {
    this.#post({ type: "focus" });
  }

  /** To the module in the frame. Buffers are copied. */
  send(data: unknown, buffers: readonly ArrayBuffer[] = []): void {
    this.#post({ type: "message", data, buffers });
  }

  close(): void {
    this.#unwatch();
    this.#port.close();
  }

  #tellAppearance(): void {
    this.#post({ type: "appearance", appearance: appearanceOf(this.#page) });
  }

  #post(message: ToFrame): void {
    this.#port.postMessage(message);
  }
}
