/**
 * How the UI is built: TypeScript and CSS modules into `dist/`, with relative addresses (the server may live under
 * any base path) and hashed names, and beside every text file its brotli and gzip forms, which the server sends as
 * they are. `tsc --noEmit` runs beside it: Vite does not check types.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vitest/config";
import { isShown, layerNames } from "./build/chunks.ts";
import { frameBundles } from "./build/frameBundles.ts";

const COMPRESSIBLE = new Set([".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".wasm"]);
const SMALLEST = 256; // bytes: below this a compressed file saves nothing on the wire

function precompress(): Plugin {
  return {
    name: "adrastea:precompress",
    apply: "build",
    writeBundle({ dir = "dist" }) {
      for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        if (!COMPRESSIBLE.has(extname(name))) continue;
        const path = join(dir, name);
        const bytes = readFileSync(path);
        if (bytes.length < SMALLEST) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/**
 * The page begins with a small file that chooses the language and then loads the rest: the browser hears of the rest
 * at once, and fetches all of it together. What shows a notebook is of it: hardly a page is opened without one. The
 * editor is not: on a slow line it would hold up what is to be seen before it.
 */
function preloadLayers(): Plugin {
  return {
    name: "adrastea:preload-layers",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((output) => output.type === "chunk");
        const filesOf = (layer: string): readonly string[] =>
          chunks.filter(({ name }) => name === layer).flatMap(({ fileName, imports }) => [fileName, ...imports]);
        const wanted = new Set([...filesOf("page"), ...filesOf("NotebookDocument")]);
        for (const name of filesOf("start")) wanted.delete(name); // the script itself
        const attrs = { rel: "modulepreload", crossorigin: "" };
        return [...wanted].map((name) => ({ tag: "link", attrs: { ...attrs, href: `./${name}` }, injectTo: "head" }));
      },
    },
  };
}

/** Most of what is shown first runs at once: V8 compiles it whole, beside the page, not function by function in its way. */
function compileWhole(): Plugin {
  return {
    name: "adrastea:compile-whole",
    apply: "build",
    generateBundle: {
      order: "post", // the comment comes first in the file
      handler(_options, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type === "chunk" && isShown(output.name))
            output.code = `//# allFunctionsCalledOnLoad\n${output.code}`;
        }
      },
    },
  };
}

/** In a test, `new URL("…", import.meta.url)` is a file to read (tests/vectors), not an asset to serve. */
function filesInTests(): Plugin {
  return {
    name: "adrastea:files-in-tests",
    enforce: "pre",
    transform(code, id) {
      if (!/\.test\.tsx?$/.test(id)) return null;
      return { code: code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)), map: null };
    },
  };
}

export default defineConfig({
  base: "./",
  cacheDir: "../.cache/vite",
  server: { fs: { allow: [".."] } }, // a page of docs/ is a page of the program too
  plugins: [preloadLayers(), compileWhole(), frameBundles(), precompress(), filesInTests()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["es2022", "safari16"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // every asset has an address of its own: the content security policy allows no data: scripts
    reportCompressedSize: false, // the files beside them tell
    chunkSizeWarningLimit: 700, // KiB
    rolldownOptions: {
      checks: { bundlerTimings: false }, // that compressing takes the longest is known
      output: {
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: layerNames(import.meta.dirname) }] },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["{src,build}/**/*.test.{ts,tsx}"],
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 60_000, // milliseconds: a limit of waiting, generous for a busy machine
    pool: "threads",
    isolate: false, // one page for all files of a worker: ten times as fast; nothing in the UI lives at module level
    passWithNoTests: true,
    restoreMocks: true,
    reporters: ["dot"],
  },
});
