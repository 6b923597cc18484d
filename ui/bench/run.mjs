/** Starts `main.ts` in Node as it stands: `bench/ui.py` calls this with one task and reads one line of JSON. */
import process from "node:process";
import { fileURLToPath, URL } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport(fileURLToPath(new URL("main.ts", import.meta.url)), {
  configFile: false,
  logLevel: "error",
});
await module.main(process.argv[2]);
process.exit(0);
