/**
 * Keys as text: `Mod+Shift+P`, `D D`. Parsing, what an event means, and how a key is shown to a user.
 *
 * A stroke is written with its modifiers in one order (Mod, Ctrl, Alt, Shift) and one name per key, so that two
 * spellings of the same key compare equal. `Mod` is Ctrl, and Cmd on macOS.
 */
import { unitsText } from "../i18n/units";

/** One key with its modifiers, in its normal spelling. */
export type Stroke = string;

const NAMES: Readonly<Record<string, string>> = {
  esc: "Escape",
  escape: "Escape",
  return: "Enter",
  " ": "Space",
  spacebar: "Space",
  arrowup: "Up",
  arrowdown: "Down",
  arrowleft: "Left",
  arrowright: "Right",
  del: "Delete",
  pgup: "PageUp",
  pgdn: "PageDown",
  plus: "+",
};
const MODIFIERS: Readonly<Record<string, string>> = {
  mod: "Mod",
  accel: "Mod",
  ctrl: "Ctrl",
  control: "Ctrl",
  alt: "Alt",
  option: "Alt",
  shift: "Shift",
};
const ORDER = ["Mod", "Ctrl", "Alt", "Shift"];

/** What the keys that move with the layout carry on a US keyboard, for bindings such as `Mod+Shift+-`. */
const BY_CODE: Readonly<Record<string, string>> = {
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
  Slash: "/",
  Backquote: "`",
  Comma: ",",
  Period: ".",
  Semicolon: ";",
};

/** The strokes of a binding: one, or two for a chord. */
export function parseKeys(text: string): readonly Stroke[] {
  return text
    .trim()
    .split(/\s+/)
    .map((stroke) => normalStroke(stroke));
}

function normalStroke(text: string): Stroke {
  const parts = text === "+" ? ["+"] : text.replace(/\+\+$/, "+plus").split("+");
  const key = parts.pop() ?? "";
  const modifiers = parts.map((part) => MODIFIERS[part.toLowerCase()] ?? part);
  return join(modifiers, keyName(key));
}

function keyName(key: string): string {
  const known = NAMES[key.toLowerCase()];
  if (known !== undefined) return known;
  return key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1);
}

function join(modifiers: readonly string[], key: string): Stroke {
  return [...ORDER.filter((modifier) => modifiers.includes(modifier)), key].join("+");
}

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Every spelling under which an event may be bound, the most exact first; none for a lone modifier. */
export function strokesOf(event: KeyPress, mac: boolean): readonly Stroke[] {
  if (["Shift", "Control", "Alt", "Meta", "AltGraph", "Dead", "Process", "Unidentified"].includes(event.key)) return [];
  const held = [
    ...((mac ? event.metaKey : event.ctrlKey) ? ["Mod"] : []),
    ...(mac && event.ctrlKey ? ["Ctrl"] : []),
    ...(event.altKey ? ["Alt"] : []),
  ];
  if (!mac && event.metaKey) return []; // the Windows or Super key belongs to the desktop
  const shift = event.shiftKey ? ["Shift"] : [];
  const found = new Set([join([...held, ...shift], keyName(event.key))]);
  const symbol = event.key.length === 1 && event.key.toLowerCase() === event.key.toUpperCase();
  if (event.shiftKey && symbol && event.key !== " ") found.add(join(held, keyName(event.key)));
  const physical = physicalKey(event);
  if (physical !== null) found.add(join([...held, ...shift], physical));
  return [...found];
}

/** The key by its place: where another alphabet, Shift or Option has put another character on it. */
function physicalKey(event: KeyPress): string | null {
  const shifted = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
  const foreign = event.key.length === 1 && event.key > "~";
  if (!foreign && !shifted) return null;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter !== undefined) return foreign ? letter : null;
  const latin = /^[a-zA-Z]$/.test(event.key);
  if (latin || event.key.length > 1) return null;
  return /^Digit([0-9])$/.exec(event.code)?.[1] ?? BY_CODE[event.code] ?? null;
}

/** Whether a stroke types a character, and so must not act where text is written. */
export function isCharacter(stroke: Stroke): boolean {
  const key = stroke.startsWith("Shift+") ? stroke.slice("Shift+".length) : stroke;
  return key.length === 1 || key === "Space";
}

/** Whether a stroke holds Mod, Ctrl or Alt, or is a function key: what no text field needs. */
export function isAccelerator(stroke: Stroke): boolean {
  return /^(Mod|Ctrl|Alt)\+/.test(stroke) || /^(Shift\+)?F\d+$/.test(stroke);
}

const MAC: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Ctrl: "⌃",
  Alt: "⌥",
  Shift: "⇧",
  Enter: "↩",
  Backspace: "⌫",
};
const ARROWS: Readonly<Record<string, string>> = { Up: "↑", Down: "↓", Left: "←", Right: "→", Escape: "Esc" };
const PRINTED: Readonly<Record<string, string>> = unitsText.keys;

/** A binding as a user reads it: `Ctrl+Shift+P`, `⇧⌘P`, `D D`. */
export function showKeys(text: string, mac: boolean): string {
  return parseKeys(text)
    .map((stroke) => showStroke(stroke, mac))
    .join(" ");
}

function showStroke(stroke: Stroke, mac: boolean): string {
  const parts = stroke === "+" ? ["+"] : stroke.replace(/\+\+$/, "+plus").split("+");
  const words = parts.map((part) => (part === "plus" ? "+" : part)).map((part) => ARROWS[part] ?? part);
  if (!mac) return words.map((word) => PRINTED[word] ?? word).join("+");
  const key = words.pop() ?? "";
  const order = ["Ctrl", "Alt", "Shift", "Mod"];
  const marks = order.filter((modifier) => words.includes(modifier)).map((modifier) => MAC[modifier]);
  return marks.join("") + (MAC[key] ?? key);
}
