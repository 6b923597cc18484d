/**
 * The end-to-end tests, by user story: the real application, a real browser, real kernels. One story after another in
 * one worker; a story that fails, fails: nothing is tried again.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Programs that make pictures, by the mode that runs them. */
const PICTURES: Readonly<Record<string, string>> = { picture: "e2e/picture.ts", screens: "e2e/screens/pictures.ts" };

export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: "../.cache/vite-e2e",
  test: {
    environment: "node",
    include: [PICTURES[mode] ?? "e2e/**/*.e2e.ts"],
    pool: "forks",
    isolate: false, // one browser for all files
    fileParallelism: false,
    maxWorkers: 1,
    retry: 0,
    testTimeout: 120_000, // milliseconds: limits of waiting, generous for a busy machine; no story is meant to need them
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 30_000, interval: 30 } },
    reporters: ["verbose"],
    silent: "passed-only", // JupyterLab's client talks a lot
    slowTestThreshold: 15_000,
  },
}));
