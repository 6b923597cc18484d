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

const NEVER = ["form", "button", "textarea", "select", "option", "iframe", "frame", "object", "embed", "base", "meta"];
const NEVER_ATTRIBUTES = ["srcdoc", "ping", "action", "formaction", "autofocus", "contenteditable", "is", "slot"];

const forPage = purifier();
const forShadow = purifier();
forShadow.addHook("beforeSanitizeElements", (node) => {
  if (node instanceof HTMLStyleElement) node.textContent = tamed(node.textContent);
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

/** HTML for the page itself (Markdown cells): no style sheets, ids and names get the prefix `user-content-`. */
export function sanitiseForPage(html: string): string {
  return forPage.sanitize(html, {
    USE_PROFILES: { html: true, mathMl: true, svg: true, svgFilters: true },
    ADD_ATTR: [...MATHML_ATTRIBUTES, "target"],
    FORBID_TAGS: [...NEVER, "style", "dialog"],
    FORBID_ATTR: NEVER_ATTRIBUTES,
    SANITIZE_NAMED_PROPS: true,
  });
}

/**
 * HTML for inside a shadow root, whose ids nobody outside can see and whose style sheets reach nothing outside:
 * both are kept, for pandas' Styler needs them.
 */
export function sanitiseForShadow(html: string): DocumentFragment {
  return forShadow.sanitize(html, {
    USE_PROFILES: { html: true, mathMl: true, svg: true, svgFilters: true },
    ADD_ATTR: [...MATHML_ATTRIBUTES, "target"],
    FORBID_TAGS: [...NEVER, "dialog"],
    FORBID_ATTR: NEVER_ATTRIBUTES,
    FORCE_BODY: true, // a style sheet at the very beginning counts too
    SANITIZE_DOM: false, // names inside a shadow root clobber nothing
    RETURN_DOM_FRAGMENT: true,
  });
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
