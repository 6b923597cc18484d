/**
 * Which modules travel together: what a notebook needs comes as few files, each asked for before it is needed.
 *
 * Four layers, each with all that it imports and that no layer before it has: the start (it chooses the language, and
 * holds no sentence, and the styles), the page, the notebook, the editor. A layer imports only layers before it, so none is in a
 * circle. Everything else is loaded when it is wanted, and divided as the bundler sees fit. Modules have no effects of
 * their own: who loads a layer for one module runs nothing of the others.
 */
/** What is asked of the bundler: the static imports of a module, null for what it does not know. */
export interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** The name of each layer and the module that it begins with, in the order in which they are loaded. */
const LAYERS = [
  ["start", "src/start.ts"],
  ["page", "src/main.tsx"],
  ["NotebookDocument", "src/shell/NotebookDocument.tsx"],
  ["editor", "src/editor/liveEditor.ts"],
] as const;
/** The sentences of another language come before the page's: what both import is of the start. */
const LANGUAGES = ["src/i18n/de/index.ts"];

/** Whether a file is a layer that is needed for what is on the screen first. */
export function isShown(name: string): boolean {
  return name !== "editor" && LAYERS.some(([layer]) => layer === name);
}

/** Names the layer of a module; null for what is in none. `root` is the folder of the interface. */
export function layerNames(root: string): (id: string, graph: ModuleGraph) => string | null {
  let layers: ReadonlyMap<string, string> | null = null;
  const at = (path: string): string => `${root.replaceAll("\\", "/")}/${path}`;
  return (id, graph) => {
    layers ??= layersOf(graph, at);
    return layers.get(id) ?? null;
  };
}

function layersOf(graph: ModuleGraph, at: (path: string) => string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const needed = LAYERS.map(([name, path]) => [name, reached(graph, at(path))] as const);
  const others = new Set(needed.slice(1).flatMap(([, ids]) => [...ids]));
  for (const id of LANGUAGES.flatMap((path) => [...reached(graph, at(path))])) {
    if (others.has(id)) found.set(id, LAYERS[0][0]);
  }
  for (const [name, ids] of needed) {
    // styles of what is on the screen first: one file
    for (const id of ids) if (!found.has(id)) found.set(id, isShown(name) && isStyle(id) ? LAYERS[0][0] : name);
  }
  return found;
}

function isStyle(id: string): boolean {
  return /\.css(?:\?|$)/.test(id);
}

function reached(graph: ModuleGraph, root: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [root];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return seen;
}
