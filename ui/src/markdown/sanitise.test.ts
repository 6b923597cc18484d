// @vitest-environment jsdom
// DOMPurify needs a DOM that behaves as a browser does when nodes are removed while it walks; happy-dom does not.
import { describe, expect, test } from "vitest";
import { sanitiseForPage, sanitiseForShadow } from "./sanitise";

interface Vector {
  readonly name: string;
  readonly payload: string;
}

const files = import.meta.glob<Vector[]>("../../../tests/vectors/xss/*.json", { eager: true, import: "default" });
const VECTORS = Object.entries(files).flatMap(([file, vectors]) => {
  const isAddress = file.endsWith("/urls.json");
  return vectors.map(({ name, payload }) => {
    return { name, html: isAddress ? `<a href="${payload}">x</a><img src='${payload}'>` : payload };
  });
});
function page(html: string): HTMLElement {
  const root = document.createElement("div");
  root.innerHTML = sanitiseForPage(html).innerHTML;
  return root;
}

function shadow(html: string): HTMLElement {
  const root = document.createElement("div");
  root.append(...sanitiseForShadow(html).childNodes);
  return root;
}

const FORBIDDEN =
  "script, iframe, frame, object, embed, form, button, select, textarea, base, meta, link, template, noscript";

function dangers(root: HTMLElement): string[] {
  const found = [...root.querySelectorAll(FORBIDDEN)].map((element) => element.tagName);
  for (const element of root.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const address = value.replace(/[\s\p{Cc}]/gu, "").toLowerCase();
      const isLink = element.localName !== "img"; // an image runs nothing, whatever its data are
      if (name.startsWith("on") || (isLink && /^(?:java|vb)script:|^data:text/.test(address)))
        found.push(`${name}=${value}`);
      if (["srcdoc", "ping", "action", "formaction", "is", "autofocus"].includes(name)) found.push(name);
    }
  }
  return found;
}

describe.each([
  ["the page", page],
  ["a shadow root", shadow],
])("what is sanitised for %s", (_where, clean) => {
  test.each(VECTORS)("runs, sends and loads nothing: $name", ({ html }) => {
    expect(dangers(clean(html))).toEqual([]);
  });

  test("keeps what documents are made of", () => {
    const root = clean(`<h2>T</h2><table><tr><th scope="col">a</th></tr></table><ul><li><b>x</b></li></ul>`);
    expect(root.querySelector("th")?.getAttribute("scope")).toBe("col");
    expect(root.textContent).toBe("Tax");
  });

  test("opens links outside, but for links inside the document", () => {
    const [out, inside] = clean(`<a href="https://a.example">a</a><a href="#b" target="_self">b</a>`).children;
    expect([out?.getAttribute("target"), out?.getAttribute("rel")]).toEqual(["_blank", "noopener noreferrer"]);
    expect(inside?.hasAttribute("target")).toBe(false);
  });

  test("keeps checkboxes, which unfold things, and no other field", () => {
    const root = clean(`<input type="checkbox" checked><input type="text"><input>`);
    expect([...root.querySelectorAll("input")].map((field) => field.type)).toEqual(["checkbox"]);
  });

  test("keeps sound and film that lie in the output itself", () => {
    expect(clean(`<audio controls src="data:audio/wav;base64,AAAA"></audio>`).querySelector("audio")?.src).toContain(
      "data:",
    );
  });
});

test("names get a prefix in the page, so that they take the place of nothing", () => {
  const root = page(`<h1 id="pywebview">x</h1><img name="adrastea" alt="">`);
  expect(root.querySelector("h1")?.id).toBe("user-content-pywebview");
  expect(root.querySelector("img")?.getAttribute("name")).toBe("user-content-adrastea");
});

test("style sheets do not come into the page", () => {
  expect(page(`a<style>body{display:none}</style>b`).querySelector("style")).toBeNull();
});

test("style sheets and ids are kept in a shadow root, without imports", () => {
  const root = shadow(`<style>@import "x.css"; #T_1 td {color: red} /* an <a> */</style><table id="T_1"></table>`);
  expect(root.querySelector("style")?.textContent).toContain("#T_1 td {color: red}");
  expect(root.querySelector("style")?.textContent).not.toContain("@import");
  expect(root.querySelector("#T_1")).not.toBeNull();
});

test("a style sheet inside an image is held to the same", () => {
  expect(shadow(`<svg><style>@import "x.css"; a {}</style></svg>`).textContent).not.toContain("@import");
});
