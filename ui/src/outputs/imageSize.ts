/** The size of an image from the first bytes of its data, so that its place is there before it is decoded. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

const HEAD = 64_000; // base64 characters looked at: a JPEG's size may come after a thumbnail and a colour profile

/** Null when the bytes do not tell. `base64` without spaces. */
export function imageSize(mime: string, base64: string): Size | null {
  const bytes = decodeHead(base64);
  if (bytes === null) return null;
  const view = new DataView(bytes.buffer);
  try {
    const found = read(mime, view);
    return found !== null && found.width > 0 && found.height > 0 ? found : null;
  } catch {
    return null; // shorter than its format says
  }
}

function decodeHead(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    const text = atob(base64.slice(0, HEAD - (HEAD % 4)));
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function read(mime: string, view: DataView): Size | null {
  if (mime === "image/png") return png(view);
  if (mime === "image/gif") return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (mime === "image/jpeg") return jpeg(view);
  if (mime === "image/webp") return webp(view);
  if (mime === "image/bmp") return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  return null;
}

/** Signature, then the chunk IHDR: width and height, big-endian. */
function png(view: DataView): Size | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segments until a start of frame (SOF0–SOF15, without DHT, JPG and DAC). */
function jpeg(view: DataView): Size | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** RIFF with one of three chunks: lossy, lossless, extended. */
function webp(view: DataView): Size | null {
  const kind = view.getUint32(12);
  if (kind === 0x56503820)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind === 0x56503858) {
    const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
    return { width: three(24), height: three(27) };
  }
  return null;
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
};

/** The size of an SVG in CSS pixels: its width and height, or those of its view box. */
export function svgSize(source: string): Size | null {
  const root = /<svg\b[^>]*>/i.exec(source)?.[0];
  if (root === undefined) return null;
  const [, , boxWidth, boxHeight] = /\bviewBox\s*=\s*["']\s*([-\d.e]+)[\s,]+([-\d.e]+)[\s,]+([\d.e]+)[\s,]+([\d.e]+)/i
    .exec(root)
    ?.slice(1)
    .map(Number) ?? [0, 0, Number.NaN, Number.NaN];
  const ratio = (boxWidth ?? Number.NaN) / (boxHeight ?? Number.NaN);
  const width = lengthOf(root, "width");
  const height = lengthOf(root, "height");
  const found = {
    width: width ?? (height !== null ? height * ratio : (boxWidth ?? Number.NaN)),
    height: height ?? (width !== null ? width / ratio : (boxHeight ?? Number.NaN)),
  };
  return found.width > 0 && found.height > 0 ? found : null;
}

function lengthOf(root: string, name: string): number | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)\\s*([a-z]*)\\s*["']`, "i").exec(root);
  const unit = UNITS[(found?.[2] ?? "").toLowerCase()];
  return found === null || unit === undefined ? null : Number(found[1]) * unit;
}
