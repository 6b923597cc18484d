// @vitest-environment jsdom
import { expect, test } from "vitest";
import { inertBody, makeSelfContained, withoutUrls } from "./selfContained";

async function contained(html: string, folder = ""): Promise<string> {
  const body = inertBody(html);
  const load = (address: string) =>
    address.includes("missing")
      ? Promise.reject(new Error("gone"))
      : Promise.resolve(new Blob(["hi"], { type: "image/png" }));
  await makeSelfContained(body, { folder, load });
  return body.innerHTML;
}

test("an image of the workspace comes into the page", async () => {
  expect(await contained('<img src="files/a%20b/dot.png" alt="dot" srcset="files/other.png 2x">')).toBe(
    '<img src="data:image/png;base64,aGk=" alt="dot">',
  );
});

test("an image of elsewhere becomes a link, and one that is not there its name", async () => {
  expect(await contained('<img src="https://a.example/x.png" alt="chart">')).toBe(
    '<a href="https://a.example/x.png">chart</a>',
  );
  expect(await contained('<img src="files/home/me/a/missing%20b.png">', "home/me")).toBe("<a>a/missing b.png</a>");
  expect(await contained('<img src="files/home/missing.png">', "home/me")).toBe("<a>missing.png</a>");
});

test("media of elsewhere are not loaded", async () => {
  expect(await contained('<video src="//a.example/x.mp4" poster="//a.example/y.png"></video>')).toBe("<video></video>");
  expect(await contained('<svg><use href="https://a.example/s.svg#i"></use><use href="#own"></use></svg>')).toBe(
    '<svg><use></use><use href="#own"></use></svg>',
  );
});

test("style sheets and styles name nothing that would be loaded", async () => {
  expect(withoutUrls('@import "x.css"; a { background: url( "https://a.example" ) }')).toBe(" a { background: none }");
  expect(withoutUrls("a { background: url('data:image/png;base64,AA') } b { fill: url(#g) }")).toContain("url(#g)");
  expect(await contained('<p style="background:url(//a.example/x)">x</p>')).toBe('<p style="background:none">x</p>');
});

test("links to files are written as in the notebook", async () => {
  const link = '<a href="files/folder/a%20b.csv" data-path="folder/a b.csv">data</a>';
  expect(await contained(link, "folder")).toBe('<a href="a%20b.csv">data</a>');
  expect(await contained(link, "elsewhere")).toBe("<a>data</a>");
});

test("links inside the page find their headings", async () => {
  expect(await contained('<a href="#Trees">x</a>')).toBe('<a href="#user-content-Trees">x</a>');
});

test("headings have their own level, and images are there at once, also on paper", async () => {
  expect(await contained('<h1 aria-level="2">x</h1><img loading="lazy" src="data:,">')).toBe(
    '<h1>x</h1><img src="data:,">',
  );
});
