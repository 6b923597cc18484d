/** Images: at their natural size up to the width of the content, with their place reserved before they are decoded. */
import { useState } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import { type JsonObject } from "../wire/json";
import { imageSize, type Size, svgSize } from "./imageSize";
import { ImageZoom } from "./ImageZoom";
import styles from "./MediaOutput.module.css";
import { useChoice } from "./place";
import { TextOutput } from "./TextOutput";

interface ImageProps {
  readonly mime: string;
  /** Base64. */
  readonly data: string;
  readonly metadata: JsonObject;
  /** What is said instead of the image. */
  readonly alt: string | null;
}

export function ImageOutput({ mime, data, metadata, alt }: ImageProps) {
  const size = askedSize(metadata, imageSize(mime, data));
  return <Picture address={`data:${mime};base64,${data}`} size={size} metadata={metadata} alt={alt} />;
}

/** An SVG as an image: nothing in it can run or load, whatever it holds. */
export function SvgOutput({ source, metadata, alt }: Omit<ImageProps, "mime" | "data"> & { readonly source: string }) {
  const size = askedSize(metadata, svgSize(source));
  const whole = /<svg\b[^>]*\bxmlns\s*=/i.test(source)
    ? source
    : source.replace(/<svg\b/i, '<svg xmlns="http://www.w3.org/2000/svg"');
  const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole)}`;
  return <Picture address={address} size={size} metadata={metadata} alt={alt} />;
}

interface PictureProps {
  readonly address: string;
  readonly size: Size | null;
  readonly metadata: JsonObject;
  readonly alt: string | null;
}

function Picture({ address, size, metadata, alt }: PictureProps) {
  const [broken, setBroken] = useState(false);
  const zoomed = useChoice("zoomed", false);
  const name = textOf(metadata, alt);
  if (broken) return <BrokenImage alt={alt} />;
  const backed = metadata["needs_background"] !== "dark";
  return (
    <div class={styles.image}>
      <img
        src={address}
        alt={name}
        {...(size !== null && { width: size.width, height: size.height })}
        {...(size !== null && { style: { aspectRatio: `${size.width} / ${size.height}` } })} // asked for, even if distorted
        class={backed ? styles.backed : styles.unbacked}
        decoding="async"
        draggable={false}
        onError={() => setBroken(true)}
        onDblClick={() => (zoomed.value = true)}
      />
      {zoomed.value && <ImageZoom address={address} alt={name} backed={backed} close={() => (zoomed.value = false)} />}
    </div>
  );
}

function BrokenImage({ alt }: { readonly alt: string | null }) {
  return (
    <>
      <p class={styles.note}>{outputsText.brokenImage}</p>
      {alt !== null && <TextOutput text={alt} />}
    </>
  );
}

/** What is said instead of the image: what its maker or its reader has written, else its text. */
export function textOf(metadata: JsonObject, alt: string | null): string {
  const said = metadata["alt"];
  return typeof said === "string" && said !== "" ? said : altOf(alt);
}

/** `<Figure size 640x480 with 1 Axes>` reads better without its brackets. */
function altOf(text: string | null): string {
  const first = text?.trim().split("\n")[0]?.replace(/^<|>$/g, "") ?? "";
  return first === "" ? outputsText.image : first;
}

/** What the metadata say (twice as many pixels as points on retina), the rest from the image's own ratio. */
export function askedSize(metadata: JsonObject, own: Size | null): Size | null {
  const width = positive(metadata["width"]);
  const height = positive(metadata["height"]);
  if (width !== null && height !== null) return { width, height };
  if (own === null) return null;
  if (width !== null) return { width, height: (width * own.height) / own.width };
  if (height !== null) return { width: (height * own.width) / own.height, height };
  return own;
}

function positive(value: unknown): number | null {
  const number = typeof value === "string" ? Number.parseFloat(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number > 0 ? number : null;
}
