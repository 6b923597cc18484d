/**
 * The one door through which foreign HTML comes into the page: DOMPurify, set up twice. What leaves here runs no script,
 * sends no form, loads no frame and takes no name of ours. Part of the lazy chunks of markdown and of HTML outputs.
 */
import DOMPurify from "dompurify";

/** Attributes of MathML that Temml writes and DOMPurify does not know. */
const MATHML_ATTRIBUTES = [
  "form",
  "stretchy",
  "fence",
  "columnalign",
  "scriptlevel",
  "displaystyle",
  "rspace",
  "lspace",
];

/** DOMPurify's own list, and a cell's attachments, which become `data:` addresses of images afterwards. */
const ADDRESSES = /^(?:(?:https?|ftps?|mailto|tel|attachment):|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i;

const NEVER = [
  "form",
  "button",
  "textarea",
  "select",
  "option",
  "iframe",
  "frame",
  "object",
  "embed",
  "base",
  "meta",
  "template",
];
const NEVER_ATTRIBUTES = [
  ..."srcdoc ping action formaction autofocus contenteditable is slot accesskey".split(" "),
  ..."popover popovertarget popovertargetaction command commandfor".split(" "), // above everything, whatever contains them
];

const forPage = purifier();
const forShadow = purifier();
forShadow.addHook("beforeSanitizeElements", (node) => {
  if (isStyleSheet(node)) node.textContent = tamed(node.textContent ?? "");
});

function purifier() {
  const made = DOMPurify(window);
  made.addHook("afterSanitizeAttributes", (node) => {
    if (node instanceof HTMLInputElement) keepOnlyMarks(node);
    if (node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement) openOutside(node);
    if (node instanceof HTMLImageElement) node.setAttribute("loading", "lazy");
  });
  return made;
}

/** The body of a document with HTML for the page itself (Markdown cells): no style sheets, ids and names get the prefix `user-content-`. */
export function sanitiseForPage(html: string): HTMLElement {
  const body: Node | null = forPage.sanitize(html, {
    USE_PROFILES: { html: true, mathMl: true, svg: true, svgFilters: true },
    ADD_ATTR: [...MATHML_ATTRIBUTES, "target"],
    FORBID_TAGS: [...NEVER, "style", "dialog"],
    FORBID_ATTR: NEVER_ATTRIBUTES,
    ALLOW_DATA_ATTR: false, // the page finds its own elements by them
    ALLOWED_URI_REGEXP: ADDRESSES,
    SANITIZE_NAMED_PROPS: true,
    RETURN_DOM: true, // in a document of its own, so that nothing is loaded before addresses are right
  });
  return bodyOf(body);
}

/**
 * The body of a document with HTML for inside a shadow root, whose ids nobody outside can see and whose style sheets reach nothing outside:
 * both are kept, for pandas' Styler needs them.
 */
export function sanitiseForShadow(html: string): HTMLElement {
  const body: Node | null = forShadow.sanitize(html, {
    USE_PROFILES: { html: true, mathMl: true, svg: true, svgFilters: true },
    ADD_ATTR: [...MATHML_ATTRIBUTES, "target"],
    FORBID_TAGS: [...NEVER, "dialog"],
    FORBID_ATTR: NEVER_ATTRIBUTES,
    ALLOWED_URI_REGEXP: ADDRESSES,
    FORCE_BODY: true, // a style sheet at the very beginning counts too
    SANITIZE_DOM: false, // names inside a shadow root clobber nothing
    RETURN_DOM: true,
  });
  return bodyOf(body);
}

/** With RETURN_DOM it is the document's `<body>`; nothing at all where the HTML replaces that, as a frameset does. */
function bodyOf(sanitised: Node | null): HTMLElement {
  if (sanitised !== null) return sanitised as HTMLElement;
  return document.implementation.createHTMLDocument("").body;
}

/** Not every node tells the truth: a form's `localName` may be one of its fields. */
function isStyleSheet(node: Node): boolean {
  return node instanceof Element && node.localName === "style";
}

function openOutside(link: HTMLAnchorElement | HTMLAreaElement): void {
  if (link.getAttribute("href")?.startsWith("#") === true) {
    link.removeAttribute("target");
    return;
  }
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer");
}

/** Checkboxes and radio buttons unfold things in some libraries' HTML; every other field is for forms. */
function keepOnlyMarks(field: HTMLInputElement): void {
  if (field.type !== "checkbox" && field.type !== "radio") field.remove();
}

/** A style sheet without imports; `<a>` in its comments is written so that it cannot be taken for a tag. */
function tamed(css: string): string {
  return css.replace(/@(?:import|charset|namespace)\b[^;]*;?/gi, "").replace(/<(?=[\w/!])/g, "\\3c ");
}
