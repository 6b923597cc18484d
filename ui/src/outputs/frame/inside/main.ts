/**
 * The frame's end, in sandbox.html: waits for the port, shows what comes through it, and tells its size. Imagine being
 * there: no cookies, no storage, no way to the page but the port; and foreign scripts run beside, so nothing here may be
 * worth taking.
 */
import { type Appearance, CONNECT, type FromFrame, type ToFrame } from "../protocol";
import { watchBlank } from "./blank";
import { look } from "./look";
import { Messages } from "./messages";
import { Drawing } from "./show";
import { watchPage } from "./watch";

addEventListener("message", function connect(event: MessageEvent<unknown>) {
  const port = event.ports[0];
  if (event.source !== parent || port === undefined || !isConnect(event.data)) return;
  removeEventListener("message", connect);
  live(port);
});

function isConnect(data: unknown): boolean {
  return typeof data === "object" && data !== null && (data as { readonly type?: unknown }).type === CONNECT;
}

function live(port: MessagePort): void {
  const post = MessagePort.prototype.postMessage.bind(port); // before any foreign script can put another there
  const tell = (message: FromFrame): void => post(message);
  const messages = new Messages(tell);
  let appearance: Appearance = { scheme: "light", language: "", tokens: {} };
  const drawing = new Drawing(messages.session(() => appearance));
  const failed = (error: unknown): void => tell({ type: "failed", reason: reasonOf(error) });
  const follow = async (now: Appearance): Promise<void> => {
    const before = appearance.scheme;
    appearance = now;
    look(now);
    if (now.scheme !== before) await drawing.redraw();
  };
  const shown = (): void => tell({ type: "shown" });

  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    switch (data.type) {
      case "appearance":
        return void follow(data.appearance).catch(failed);
      case "show":
        drawing.begin(data);
        look(appearance);
        watchPage(tell);
        if (data.content.kind === "script") watchBlank(isBlank, failed);
        return void drawing.draw(data).then(shown, failed);
      case "update":
        return void drawing.update(data.value).catch(failed);
      case "focus":
        document.body.focus();
        return;
      case "message":
        messages.receive(data.data, data.buffers);
    }
  };
}

function isBlank(): boolean {
  return (document.getElementById("output")?.getBoundingClientRect().height ?? 0) === 0;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
