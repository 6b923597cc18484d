import { expect, test } from "vitest";
import { attach, withParagraph } from "./attachments";

const png = (name: string, data = "aGk=") => ({ name, mime: "image/png", data });

test("an image becomes an attachment and the text that shows it", () => {
  expect(attach({}, [png("image.png")])).toEqual({
    attachments: { "image.png": { "image/png": "aGk=" } },
    text: "![image.png](attachment:image.png)",
  });
});

test("what the cell has stays, and a name that is taken gets a number", () => {
  const before = { "image.png": { "image/png": "b2xk" } };
  const { attachments, text } = attach({ attachments: before }, [png("image.png"), png("image.png", "bmV3")]);
  expect(attachments).toEqual({
    ...before,
    "image-1.png": { "image/png": "aGk=" },
    "image-2.png": { "image/png": "bmV3" },
  });
  expect(text).toBe("![image-1.png](attachment:image-1.png)\n![image-2.png](attachment:image-2.png)");
});

test("the same image again is the same attachment", () => {
  const before = { "image.png": { "image/png": "aGk=" } };
  expect(attach({ attachments: before }, [png("image.png")]).attachments).toEqual(before);
});

test("an image without a name is called after its type", () => {
  const images = [png(""), { name: "", mime: "image/jpeg", data: "" }, { name: "x", mime: "image/svg+xml", data: "" }];
  expect(Object.keys(attach({}, images).attachments)).toEqual(["image.png", "image.jpg", "x.svg"]);
});

test("a name with marks of Markdown is one address all the same", () => {
  expect(attach({}, [png("my [1] (plot).png")]).text).toBe(
    "![my \\[1\\] (plot).png](attachment:my%20%5B1%5D%20%28plot%29.png)",
  );
});

test("a name that every object has is free", () => {
  expect(attach({}, [png("constructor")]).text).toBe("![constructor.png](attachment:constructor.png)");
});

test("more text is a paragraph of its own, and all there is in an empty cell", () => {
  expect(withParagraph("text\n", "more")).toBe("text\n\nmore");
  expect(withParagraph(" \n", "more")).toBe("more");
});
