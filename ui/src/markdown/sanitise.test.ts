// @vitest-environment jsdom
// DOMPurify needs a DOM that behaves as a browser does when nodes are removed while it walks; happy-dom does not.
import { describe, expect, test } from "vitest";
import { sanitiseForPage, sanitiseForShadow } from "./sanitise";

const VECTORS = [
  `<script>alert(1)</script>`,
  `<img src=x onerror=alert(1)>`,
  `<svg onload=alert(1)>`,
  `<svg><script>alert(1)</script></svg>`,
  `<svg><animate onbegin=alert(1) attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x"/></svg>`,
  `<svg><foreignObject><iframe src="javascript:alert(1)"></iframe></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
  `<math><a xlink:href="javascript:alert(1)">x</a></math>`,
  `<math href="javascript:alert(1)">CLICKME</math>`,
  `<iframe src="javascript:alert(1)"></iframe>`,
  `<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
  `<object data="javascript:alert(1)"></object>`,
  `<embed src="javascript:alert(1)">`,
  `<a href="javascript:alert(1)">x</a>`,
  `<a href="JaVaScRiPt:alert(1)">x</a>`,
  `<a href="java&#10;script:alert(1)">x</a>`,
  `<a href="&#106;avascript:alert(1)">x</a>`,
  `<a href="vbscript:msgbox(1)">x</a>`,
  `<a href="data:text/html,<script>alert(1)</script>">x</a>`,
  `<form action="https://evil.example"><input name=q><button>go</button></form>`,
  `<button form=f formaction="javascript:alert(1)">x</button>`,
  `<input autofocus onfocus=alert(1)>`,
  `<details open ontoggle=alert(1)>x</details>`,
  `<video><source onerror=alert(1)></video>`,
  `<audio src=x onerror=alert(1)>`,
  `<body onload=alert(1)>`,
  `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`,
  `<base href="https://evil.example/">`,
  `<link rel=stylesheet href="https://evil.example/x.css">`,
  `<style>@import url("https://evil.example/x.css"); a{}</style>`,
  `<div style="background:url(javascript:alert(1))">x</div>`,
  `<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`,
  `<textarea></textarea><img src=x onerror=alert(1)>`,
  `<template><script>alert(1)</script></template>`,
  `<xmp><img src=x onerror=alert(1)></xmp>`,
  `<select><option><img src=x onerror=alert(1)></option></select>`,
  `<p onclick=alert(1) onmouseover='alert(1)' ONPOINTERRAWUPDATE=alert(1)>x</p>`,
  `<x-custom is=script onfocus=alert(1) tabindex=0>x</x-custom>`,
  `<isindex action=javascript:alert(1) type=image>`,
  `<marquee onstart=alert(1)>x</marquee>`,
  `<table background="javascript:alert(1)"><tr><td>x</table>`,
  `<img src="x" srcset="javascript:alert(1) 1x">`,
  `<a href="https://x" ping="https://evil.example">x</a>`,
];

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
      if (name.startsWith("on") || /^(?:java|vb)script:|^data:text/.test(address)) found.push(`${name}=${value}`);
      if (["srcdoc", "ping", "action", "formaction", "is", "autofocus"].includes(name)) found.push(name);
    }
  }
  return found;
}

describe.each([
  ["the page", page],
  ["a shadow root", shadow],
])("what is sanitised for %s", (_where, clean) => {
  test.each(VECTORS)("runs, sends and loads nothing: %s", (vector) => {
    expect(dangers(clean(vector))).toEqual([]);
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
