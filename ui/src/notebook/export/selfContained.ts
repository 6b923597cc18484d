/**
 * Sanitised HTML made to need nothing from anywhere: images and media of the workspace come into it as `data:`
 * addresses, what lies elsewhere becomes a link. Nothing is loaded while this is done, but what the server has.
 */
import { headingId } from "../../markdown/markdown";

/** The bytes of a file of the workspace, by its address on the server (`files/…`). */
export type LoadFile = (address: string) => Promise<Blob>;

export interface Surroundings {
  /** The notebook's folder, without a slash at its end; "" for the root. */
  readonly folder: string;
  readonly load: LoadFile;
}

const LOADING = "img, audio, video, source, track, image, use, feImage";
const NEEDLESS = ["loading", "srcset", "poster", "background", "longdesc", "cite", "usemap"];

/** HTML that `sanitise.ts` has let through, as a tree in which nothing is loaded. */
export function inertBody(html: string): HTMLElement {
  const { body } = document.implementation.createHTMLDocument("");
  body.innerHTML = html;
  return body;
}

export async function makeSelfContained(body: HTMLElement, surroundings: Surroundings): Promise<void> {
  for (const element of body.querySelectorAll("*")) {
    for (const name of NEEDLESS) element.removeAttribute(name);
    if (element.hasAttribute("style")) element.setAttribute("style", withoutUrls(element.getAttribute("style") ?? ""));
  }
  // In the window all of a notebook is below the page's own heading; here its first one is the page's.
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) heading.removeAttribute("aria-level");
  for (const sheet of body.querySelectorAll("style")) sheet.textContent = withoutUrls(sheet.textContent);
  for (const link of body.querySelectorAll<HTMLElement>("a[href], area[href]")) mendLink(link, surroundings.folder);
  for (const element of body.querySelectorAll(LOADING)) await bringIn(element, surroundings);
}

/** Style sheets name what they would load. What of it is written in a way that hides it is stopped by the page's policy. */
export function withoutUrls(css: string): string {
  return css.replace(/url\(\s*(?!["']?\s*(?:data:|#))[^)]*\)/gi, "none").replace(/@import\b[^;]*;?/gi, "");
}

async function bringIn(element: Element, { folder, load }: Surroundings): Promise<void> {
  const name = element.hasAttribute("src") ? "src" : element.hasAttribute("href") ? "href" : "xlink:href";
  const address = element.getAttribute(name);
  if (address === null || /^(?:data:|#|$)/i.test(address)) return;
  if (address.startsWith("files/")) {
    const data = await load(address).then(dataAddress, () => null);
    if (data !== null) {
      element.setAttribute(name, data);
      return;
    }
  }
  element.removeAttribute(name);
  if (element.localName === "img") element.replaceWith(linkTo(element, writtenAs(address, folder)));
}

/** The address of a file as the notebook has it: where the server has it is nobody's business. */
function writtenAs(address: string, folder: string): string {
  if (!address.startsWith("files/")) return address;
  const path = decodeURIComponent(address.slice("files/".length));
  if (folder === "") return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : (path.split("/").at(-1) ?? "");
}

/** In the place of an image that is not here. */
function linkTo(image: Element, address: string): Element {
  const link = image.ownerDocument.createElement("a");
  const said = image.getAttribute("alt") ?? "";
  link.textContent = said === "" ? address : said;
  if (/^https?:/i.test(address)) link.href = address;
  return link;
}

/** Links to files are written as in the notebook, so that they work where these lie beside the page. */
function mendLink(link: HTMLElement, folder: string): void {
  const path = link.dataset["path"];
  const href = link.getAttribute("href") ?? "";
  if (path !== undefined) {
    const inside = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
    if (inside === null) link.removeAttribute("href");
    else link.setAttribute("href", inside.split("/").map(encodeURIComponent).join("/"));
    link.removeAttribute("data-path");
  } else if (/^#./.test(href) && !href.startsWith("#user-content-")) {
    link.setAttribute("href", `#${headingId(href)}`);
  }
}

export async function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error(reader.result as string));
    reader.readAsDataURL(blob);
  });
}
