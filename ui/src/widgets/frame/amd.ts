/** The module of an older widget: `define([…], factory)`, of which only `@jupyter-widgets/base` is to be had here. */
import * as base from "./base";

export type Exports = Readonly<Record<string, unknown>>;
type Factory = (...found: readonly unknown[]) => unknown;

/** Rejects when it does not define a module, or needs another one. */
export function loadAmd(name: string, source: string): Exports {
  let defined: unknown;
  const define = (...args: readonly unknown[]): void => {
    const factory = args.at(-1);
    const needs = args.find((arg) => Array.isArray(arg)) as readonly string[] | undefined;
    const own: Record<string, unknown> = {};
    const module = { exports: own as unknown, id: name, uri: "" };
    if (typeof factory !== "function") return void (defined = factory);
    const made = (factory as Factory)(
      ...(needs ?? ["require", "exports", "module"]).map((need) => given(need, own, module)),
    );
    defined = made ?? module.exports;
  };
  Object.assign(define, { amd: {} });
  Object.assign(globalThis, { define, requirejs: Object.assign(() => undefined, { config: () => undefined }) });
  const run = globalThis.eval as (text: string) => unknown; // foreign code, which runs in this frame for this
  run(`${source}\n//# sourceURL=${name}.js`);
  if (typeof defined !== "object" || defined === null) throw new Error(`${name} defines no module`);
  return defined as Exports;
}

function given(need: string, exports: object, module: object): unknown {
  switch (need) {
    case "@jupyter-widgets/base":
      return base;
    case "exports":
      return exports;
    case "module":
      return module;
    case "require":
      return (other: string) => given(other, exports, module);
    default:
      throw new Error(`it needs ${need}, which is not to be had here`);
  }
}
