/**
 * anywidget's modules: `_esm` is an ES module as text or an address, `_css` a style sheet. Its default export has
 * `initialize`, called once for the model, and `render`, called for the view; both may return what cleans up.
 *
 * Source of truth: https://anywidget.dev/en/afm/
 */
import type { WidgetManager, WidgetModel } from "./base";

type Cleanup = () => unknown;
type Exports = Readonly<Record<string, unknown>>;

interface Definition {
  readonly initialize?: (given: object) => unknown;
  readonly render?: (given: object) => unknown;
}

/** Draws the widget into the element, and anew when its code changes. Rejects when it cannot be drawn. */
export async function drawEsm(model: WidgetModel, manager: WidgetManager, element: HTMLElement): Promise<void> {
  const sheet = document.createElement("style");
  document.head.append(sheet);
  const dress = (): void => void (sheet.textContent = styleIn(model.get("_css")));
  dress();
  model.on("change:_css", dress);
  let end = await started(model, manager, element);
  model.on("change:_esm", () => {
    const before = end;
    before();
    element.replaceChildren();
    void started(model, manager, element).then(
      (next) => (end = next),
      (error: unknown) => console.error(error),
    );
  });
}

async function started(model: WidgetModel, manager: WidgetManager, element: HTMLElement): Promise<Cleanup> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const definition = await definitionIn(model.get("_esm"));
  const cleanups: unknown[] = [];
  const given = (context: object) => ({
    model: facade(model, context),
    signal,
    experimental: { invoke: invoker(model) },
  });
  const [ofModel, ofView] = [{}, {}];
  cleanups.push(await definition.initialize?.(given(ofModel)));
  cleanups.push(await definition.render?.({ ...given(ofView), el: element, host: hostOf(manager) }));
  return () => {
    leaving.abort();
    model.off(null, null, ofModel).off(null, null, ofView);
    for (const cleanup of cleanups) if (typeof cleanup === "function") (cleanup as Cleanup)();
  };
}

/** The model as widgets' authors get it. */
function facade(model: WidgetModel, context: object): object {
  return {
    get: (name: string) => model.get(name),
    set: (name: string, value: unknown) => model.set(name, value),
    save_changes: () => model.save_changes(),
    send: (content: unknown, callbacks?: unknown, buffers?: readonly unknown[]) =>
      model.send(content, callbacks, buffers),
    on: (name: string, callback: () => void) => model.on(name, callback, context),
    off: (name?: string, callback?: () => void) => model.off(name ?? null, callback ?? null, context),
    widget_manager: model.widget_manager,
  };
}

/** Other widgets inside this one. */
function hostOf(manager: WidgetManager): object {
  const idOf = (reference: string) => reference.replace(/^(?:IPY_MODEL_|anywidget:)/, "");
  return {
    getModel: async (reference: string) => facade(await manager.get_model(idOf(reference)), {}),
    getWidget: async (reference: string) => {
      const model = await manager.get_model(idOf(reference));
      return {
        render: async ({ el }: { readonly el: HTMLElement }) => el.append((await manager.create_view(model)).el),
      };
    },
  };
}

/** `experimental.invoke`: a question to the Python side, answered by a message with the same id. */
function invoker(model: WidgetModel) {
  return (
    name: string,
    msg?: unknown,
    options: { readonly buffers?: readonly unknown[]; readonly signal?: AbortSignal } = {},
  ) => {
    const id = Math.random().toString(36).slice(2);
    return new Promise((resolve, reject) => {
      const hear = (said: Exports, buffers: unknown): void => {
        if (said["id"] !== id) return;
        model.off("msg:custom", hear);
        resolve([said["response"], buffers]);
      };
      const patience = options.signal ?? AbortSignal.timeout(3000); // milliseconds, as anywidget waits
      patience.addEventListener("abort", () => {
        model.off("msg:custom", hear);
        reject(patience.reason instanceof Error ? patience.reason : new Error("There was no answer."));
      });
      model.on("msg:custom", hear);
      model.send({ id, kind: "anywidget-command", name, msg }, undefined, options.buffers ?? []);
    });
  };
}

async function definitionIn(esm: unknown): Promise<Definition> {
  if (typeof esm !== "string" || esm === "") throw new Error("it has no code (_esm)");
  const address = /^(?:https?:|blob:|data:)/.test(esm)
    ? esm
    : URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const module = (await import(/* @vite-ignore */ address)) as Exports;
  const exported = module["default"];
  const made: unknown = typeof exported === "function" ? await (exported as () => unknown)() : exported;
  const definition = made ?? (typeof module["render"] === "function" ? module : null);
  if (definition === null) throw new Error("its module exports nothing to render");
  return definition;
}

function styleIn(css: unknown): string {
  if (typeof css !== "string") return "";
  return /^https?:\S+$/.test(css) ? `@import url(${JSON.stringify(css)})` : css;
}
