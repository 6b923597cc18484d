/**
 * The open tabs: what each shows, which one is active, and in what order they were used.
 *
 * There is always a tab: when the last one closes, the welcome page takes its place. A path is open at most once.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";

export type TabId = string;

/** What keeps a file from being shown. */
export interface Problem {
  readonly message: string;
  readonly missing: boolean;
}

export type TabView =
  | { readonly kind: "welcome" }
  | { readonly kind: "settings" }
  /** Something of a document, alone: an output. Gone after a reload. */
  | { readonly kind: "part"; readonly title: string }
  /** Open before a reload, and loaded when it is looked at. */
  | { readonly kind: "asleep"; readonly path: string }
  | { readonly kind: "loading"; readonly path: string }
  | { readonly kind: "notebook"; readonly path: string }
  | { readonly kind: "text"; readonly path: string; readonly error: TextError | null }
  | { readonly kind: "unavailable"; readonly path: string; readonly problem: Problem };

/** Why a notebook is shown as text, and where it is broken (counted from 1). */
export interface TextError {
  readonly message: string;
  readonly line: number | null;
}

export interface Tab {
  readonly id: TabId;
  readonly view: TabView;
}

export class TabsStore {
  readonly #tabs = signal<readonly Tab[]>([]);
  readonly #active = signal<TabId>("");
  readonly #current: ReadonlySignal<Tab>;
  #used: readonly TabId[] = []; // the last used first
  #next = 1;

  constructor() {
    const welcome = this.#make({ kind: "welcome" });
    this.#tabs.value = [welcome];
    this.#active.value = welcome.id;
    this.#current = computed(() => this.find(this.#active.value) ?? this.#tabs.value[0] ?? welcome);
  }

  get tabs(): ReadonlySignal<readonly Tab[]> {
    return this.#tabs;
  }

  get active(): ReadonlySignal<Tab> {
    return this.#current;
  }

  find(id: TabId): Tab | undefined {
    return this.#tabs.value.find((tab) => tab.id === id);
  }

  findPath(path: string): Tab | undefined {
    return this.#tabs.value.find((tab) => pathOf(tab.view) === path);
  }

  /** Shows a view in a tab: in the one that has it already, or in a new one. */
  open(view: TabView): Tab {
    const path = pathOf(view);
    const known = path === null ? this.#ofKind(view.kind) : this.findPath(path);
    if (known !== undefined) {
      this.activate(known.id);
      return known;
    }
    const tab = this.add(view);
    this.activate(tab.id);
    return tab;
  }

  /** Adds a tab behind the others and leaves the active one as it is. An untouched welcome page gives way. */
  add(view: TabView): Tab {
    const tab = this.#make(view);
    const only = this.#tabs.value.length === 1 ? this.#tabs.value[0] : undefined;
    this.#tabs.value = only?.view.kind === "welcome" ? [tab] : [...this.#tabs.value, tab];
    return tab;
  }

  /** Shows something else in the same tab: a file that turned out to be broken, one that was renamed. */
  replace(id: TabId, view: TabView): void {
    this.#tabs.value = this.#tabs.value.map((tab) => (tab.id === id ? { ...tab, view } : tab));
  }

  activate(id: TabId): void {
    if (this.find(id) === undefined) return;
    this.#used = [id, ...this.#used.filter((other) => other !== id)];
    this.#active.value = id;
  }

  /** Closes a tab; the one used before it becomes active. */
  close(id: TabId): void {
    if (this.find(id) === undefined) return;
    const left = this.#tabs.value.filter((tab) => tab.id !== id);
    this.#used = this.#used.filter((other) => other !== id);
    if (left.length === 0) left.push(this.#make({ kind: "welcome" }));
    const next = this.#active.value === id ? (this.#used[0] ?? left[0]?.id ?? "") : this.#active.value;
    this.#tabs.value = left;
    this.activate(next);
  }

  /** Activates the tab `steps` further to the right, round the end. */
  step(steps: number): void {
    const tabs = this.#tabs.value;
    const at = tabs.findIndex((tab) => tab.id === this.#current.value.id);
    const next = tabs[(((at + steps) % tabs.length) + tabs.length) % tabs.length];
    if (next !== undefined) this.activate(next.id);
  }

  /** Moves a tab before the one that stands at `index` now. */
  move(id: TabId, index: number): void {
    const tab = this.find(id);
    if (tab === undefined) return;
    const before = this.#tabs.value.slice(0, index).filter((other) => other.id !== id);
    const after = this.#tabs.value.slice(index).filter((other) => other.id !== id);
    this.#tabs.value = [...before, tab, ...after];
  }

  #ofKind(kind: TabView["kind"]): Tab | undefined {
    return this.#tabs.value.find((tab) => tab.view.kind === kind);
  }

  #make(view: TabView): Tab {
    return { id: `tab-${this.#next++}`, view };
  }
}

/** The file that a view shows, or `null`. */
export function pathOf(view: TabView): string | null {
  return "path" in view ? view.path : null;
}
