/**
 * What the page and the frame of an output say to each other, over a MessagePort that the page hands to the frame when
 * it has loaded. The frame is foreign ground: whatever comes from it goes through `parseFromFrame`, and can do no more
 * than what stands here. The page never sends it anything secret.
 *
 *     page                                   frame (sandbox.html, an origin of its own)
 *      |--- window message CONNECT, with the port --->|
 *      |--- appearance, show ------------------------>|   once; `show` says what to draw
 *      |<-- size, shown | failed, unreachable, leave, open
 *      |--- appearance, update, focus --------------->|   as often as needed
 *      |<-- message ---------------------- message -->|   for modules (widgets): any value, and binary buffers
 */

/** The one window message; everything else goes through the port that comes with it. */
export const CONNECT = "adrastea:connect";

/** How the page looks, for the frame to look alike. */
export interface Appearance {
  readonly scheme: "light" | "dark";
  /** A language tag. */
  readonly language: string;
  /** The page's variables, `--fg` and others, with the values that they have. */
  readonly tokens: Readonly<Record<string, string>>;
}

/** A classic script. */
export interface Library {
  readonly source: Blob;
  /** Where programs believe it to be: addresses in the output that mean this script. Empty: it is run before the rest. */
  readonly addresses: readonly string[];
}

/** What a frame draws. */
export type FrameContent =
  | { readonly kind: "html"; readonly html: string }
  /** `application/javascript`; it finds its element as `element` and `element[0]`. */
  | { readonly kind: "script"; readonly source: string }
  /** A function of the libraries: `globalThis[name](element, value)`, which may return a promise. */
  | { readonly kind: "call"; readonly name: string; readonly value: unknown }
  /** An ES module, whole; its export `start` gets a `ModuleFrame`. */
  | { readonly kind: "module"; readonly source: string; readonly value: unknown };

export type ToFrame =
  | { readonly type: "appearance"; readonly appearance: Appearance }
  | { readonly type: "show"; readonly content: FrameContent; readonly libraries: readonly Library[] }
  /** For `call`: the same with another value. */
  | { readonly type: "update"; readonly value: unknown }
  | { readonly type: "focus" }
  | { readonly type: "message"; readonly data: unknown; readonly buffers: readonly ArrayBuffer[] };

export type FromFrame =
  /** CSS pixels. */
  | { readonly type: "size"; readonly height: number }
  | { readonly type: "shown" }
  | { readonly type: "failed"; readonly reason: string }
  /** Scripts and style sheets that did not load; the servers that they should have come from. */
  | { readonly type: "unreachable"; readonly hosts: readonly string[] }
  /** The keyboard wants to go back to the notebook. */
  | { readonly type: "leave" }
  /** A link was followed: an http(s) address to show elsewhere. Heard only where the user is at the frame. */
  | { readonly type: "open"; readonly address: string }
  | { readonly type: "message"; readonly data: unknown; readonly buffers: readonly ArrayBuffer[] };

/** What a module in the frame works with. */
export interface ModuleFrame {
  readonly element: HTMLElement;
  /** As it came with `show`. */
  readonly value: unknown;
  readonly appearance: () => Appearance;
  /** To the page. Buffers are copied, not taken. */
  readonly send: (data: unknown, buffers?: readonly ArrayBuffer[]) => void;
  /** One listener; what came before it was set is given to it then. */
  readonly listen: (hear: (data: unknown, buffers: readonly ArrayBuffer[]) => void) => void;
}

const LONGEST = 2_000; // characters of a reason, or of a host's name
const MOST_HOSTS = 20;

/** What a frame said; `null` for what makes no sense. */
export function parseFromFrame(raw: unknown): FromFrame | null {
  if (typeof raw !== "object" || raw === null) return null;
  const { type, height, reason, hosts, address, data, buffers } = raw as Readonly<Record<string, unknown>>;
  switch (type) {
    case "size":
      return typeof height === "number" && height >= 0 && height < Infinity
        ? { type, height: Math.ceil(height) }
        : null;
    case "shown":
    case "leave":
      return { type };
    case "open":
      return typeof address === "string" && /^https?:\/\//i.test(address) ? { type, address } : null;
    case "failed":
      return typeof reason === "string" ? { type, reason: reason.slice(0, LONGEST) } : null;
    case "unreachable":
      return Array.isArray(hosts) ? { type, hosts: texts(hosts) } : null;
    case "message":
      return Array.isArray(buffers)
        ? { type, data, buffers: buffers.filter((one) => one instanceof ArrayBuffer) }
        : null;
    default:
      return null;
  }
}

function texts(list: readonly unknown[]): readonly string[] {
  const found = list.slice(0, MOST_HOSTS).filter((one) => typeof one === "string");
  return found.map((one) => one.slice(0, LONGEST));
}
