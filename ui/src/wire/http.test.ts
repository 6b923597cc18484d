import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ApiError, encodePath, request, serverUrl, xsrfHeader } from "./http";

interface Said {
  readonly status: number;
  readonly body: string;
}

let server: Server;
let base = "";
let heard: IncomingMessage | undefined;
let answer: Said = { status: 200, body: "{}" };

beforeEach(async () => {
  server = createServer((asked, reply) => {
    const isQuestion = asked.method === "OPTIONS"; // of the browser, whether another origin may ask at all
    if (!isQuestion) heard = asked;
    reply.setHeader("Access-Control-Allow-Origin", "*").setHeader("Access-Control-Allow-Headers", "*");
    reply.writeHead(isQuestion ? 204 : answer.status).end(isQuestion ? "" : answer.body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
});

afterEach(() => new Promise((closed) => server.close(closed)));

test("addresses are relative to the page's base, whatever its query is", () => {
  const page = "http://127.0.0.1:8888/base/?path=a.ipynb";
  expect(serverUrl("api/status", page).href).toBe("http://127.0.0.1:8888/base/api/status");
});

test("a path keeps its slashes and everything else is encoded", () => {
  expect(encodePath("a b/ü?#%.ipynb")).toBe("a%20b/%C3%BC%3F%23%25.ipynb");
});

test("the answer goes through the parser", async () => {
  answer = { status: 200, body: '{"a": 1}' };
  expect(await request("GET", `${base}x`, (raw) => raw)).toEqual({ a: 1 });
});

test("an answer without a body is undefined to the parser", async () => {
  answer = { status: 200, body: "" };
  expect(await request("GET", base, (raw) => raw)).toBeUndefined();
});

test("every request says that it comes from this page", async () => {
  await request("POST", base, String, { name: "x" });
  expect(heard?.headers["x-requested-with"]).toBe("adrastea");
  expect(heard?.headers["content-type"]).toBe("application/json");
});

test.each([
  ["_xsrf=a.b", { "X-XSRFToken": "a.b" }],
  ["x=1; _xsrf=a.b; y=2", { "X-XSRFToken": "a.b" }],
  ["not_xsrf=a.b", {}],
  ["", {}],
])("of the cookies %o, the one for this page is shown", (cookies, header) => {
  expect(xsrfHeader(cookies)).toEqual(header);
});

test("a page whose cookie was overwritten by another server asks once more", async () => {
  const refusal = { status: 403, body: '{"message": "No.", "kind": "XsrfMissing"}' };
  answer = refusal;
  server.on(
    "request",
    () => (answer = answer === refusal && heard !== undefined ? { status: 200, body: "1" } : refusal),
  );
  expect(await request("POST", base, (raw) => raw)).toBe(1);
});

test("a refusal carries status, sentence, kind and log", async () => {
  answer = { status: 404, body: '{"message": "There is no such file.", "kind": "NotFound", "log": "gone"}' };
  const error = { status: 404, message: "There is no such file.", kind: "NotFound", log: "gone" };
  await expect(request("GET", base, String)).rejects.toMatchObject(error);
});

test("a refusal without a sentence gets one", async () => {
  answer = { status: 502, body: "<html>" };
  await expect(request("GET", base, String)).rejects.toMatchObject({
    status: 502,
    message: "The server answered 502.",
  });
});

test("an answer that the parser refuses is an error of the request", async () => {
  const parse = (): never => {
    throw new Error("the folder is not an object");
  };
  await expect(request("GET", base, parse)).rejects.toThrow(ApiError);
});

test("a server that is not there has status 0", async () => {
  const gone = createServer();
  await new Promise<void>((ready) => gone.listen(0, "127.0.0.1", ready));
  const address = gone.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise((closed) => gone.close(closed));
  await expect(request("GET", `http://127.0.0.1:${port}/`, String)).rejects.toMatchObject({ status: 0 });
});
