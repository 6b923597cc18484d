/**
 * What runs in the frames of outputs is built by itself: a frame has an origin of its own and gets every script as text.
 *
 * `sandbox.html` is written with the frame's end of the conversation in it. An import that ends with `?frame` is bundled
 * into one classic script, one that ends with `?frame-module` into one ES module; its value is the address of the text.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";

const FRAME = fileURLToPath(new URL("../src/outputs/frame", import.meta.url));
const PLACE = "/* inside/main.ts */";
const FORMATS = { frame: "iife", "frame-module": "es" } as const;

export function frameBundles(): Plugin {
  let isBuild = false;
  return {
    name: "adrastea:frame-bundles",
    enforce: "pre",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    configureServer(server) {
      server.middlewares.use("/sandbox.html", (_request, response) => {
        void sandboxPage().then((page) => response.setHeader("Content-Type", "text/html").end(page));
      });
    },
    async load(id) {
      const [path = "", query] = id.split("?");
      if (query !== "frame" && query !== "frame-module") return null;
      if (!isBuild) return `export default ${JSON.stringify(`${path}?${query}`)};`; // tests look at the address only
      const name = /([^/]+?)(?:\.\w+)?$/.exec(path)?.[1] ?? "frame";
      const source = await bundled(path, FORMATS[query]);
      const file = this.emitFile({ type: "asset", name: `${name}.js`, source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: "sandbox.html", source: await sandboxPage() });
    },
  };
}

async function sandboxPage(): Promise<string> {
  const script = await bundled(`${FRAME}/inside/main.ts`, "iife");
  if (/<\/script|<!--/i.test(script)) throw new Error("The frame's script would end the element that it stands in.");
  return readFileSync(`${FRAME}/sandbox.html`, "utf8").replace(PLACE, () => script.trim());
}

async function bundled(entry: string, format: "iife" | "es"): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "warn",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: ["es2022", "safari16"],
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: "exports-only",
        output: { format, codeSplitting: false },
        checks: { bundlerTimings: false },
      },
    },
  });
  const [output] = Array.isArray(made) ? made : [made as Rolldown.RolldownOutput];
  const chunk = output?.output.find((one) => one.type === "chunk");
  if (chunk === undefined) throw new Error(`${entry} makes no script.`);
  return chunk.code;
}
