/** What the frame tells by itself: its height, what could not be loaded, and that the keyboard wants out. */
import type { FromFrame } from "../protocol";

type Tell = (message: FromFrame) => void;

const UNREACHED = "adrastea:unreached";

/** After `document.open`, which takes all listeners away. */
export function watchPage(tell: Tell): void {
  watchHeight(tell);
  watchLoading(tell);
  watchLinks(tell);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape" || event.key === "F6") tell({ type: "leave" });
  });
}

/** A link would take the frame elsewhere, where nothing may be shown. Places in the same document are let be. */
function watchLinks(tell: Tell): void {
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || !event.isTrusted) return;
    if (!/^https?:$/.test(link.protocol) || link.hasAttribute("download")) return;
    event.preventDefault();
    tell({ type: "open", address: link.href });
  });
}

function watchHeight(tell: Tell): void {
  let last = -1;
  const measure = (): void => {
    const root = document.documentElement;
    const height = Math.ceil(Math.max(root.getBoundingClientRect().height, document.body.scrollHeight));
    if (height !== last) tell({ type: "size", height });
    last = height;
  };
  const observer = new ResizeObserver(measure);
  observer.observe(document.documentElement);
  observer.observe(document.body);
  addEventListener("load", measure);
}

/** Also in frames within, as far as they are written into the output itself. */
function watchLoading(tell: Tell): void {
  const hosts = new Set<string>();
  const missed = (host: string): void => {
    if (host === "" || hosts.has(host)) return;
    hosts.add(host);
    tell({ type: "unreachable", hosts: [...hosts] });
  };
  addEventListener("error", ({ target }) => missed(hostOf(target)), { capture: true });
  addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
    const inner = [...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source);
    if (inner && Array.isArray(data) && data[0] === UNREACHED) missed(String(data[1]).slice(0, 200));
  });
  const observer = new MutationObserver(() => document.querySelectorAll("iframe[srcdoc]").forEach(listenWithin));
  observer.observe(document, { childList: true, subtree: true });
}

const within = new WeakSet<Element>();

/** A frame whose document stands in the output gets a script that tells what it could not load. */
function listenWithin(frame: Element): void {
  const source = frame.getAttribute("srcdoc");
  if (source === null || within.has(frame)) return;
  within.add(frame);
  frame.setAttribute("srcdoc", withReporter(source));
}

export function withReporter(source: string): string {
  const report = `addEventListener("error",(e)=>{const t=e.target;try{parent.postMessage(["${UNREACHED}",new URL(t.src||t.href).host],"*")}catch{}},true)`;
  const script = ["<script>", "</script>"].join(report);
  const doctype = /^\s*<!doctype[^>]*>/i.exec(source)?.[0] ?? ""; // nothing may stand before it
  return doctype + script + source.slice(doctype.length);
}

/** The server of a script or style sheet that did not load. */
function hostOf(target: EventTarget | null): string {
  if (!(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) return "";
  try {
    return new URL(target instanceof HTMLScriptElement ? target.src : target.href).host;
  } catch {
    return "";
  }
}
