/** Draws what came: HTML as a parser would, a script with its element, a call of a library, or a module. */
import type { FrameContent, Library, ModuleFrame, ToFrame } from "../protocol";

type Show = Extract<ToFrame, { type: "show" }>;
type Content<Kind extends FrameContent["kind"]> = Extract<FrameContent, { kind: Kind }>;
type Call = (element: HTMLElement, value: unknown) => unknown;
type Globals = Readonly<Record<string, Call | undefined>>;
/** What a module gets from others. */
export type Session = Omit<ModuleFrame, "element" | "value">;

const STYLE = `html{height:auto;font:13px/20px var(--font-ui,system-ui,sans-serif);color:var(--fg,CanvasText)}
body{margin:0;padding:6px 10px;overflow-x:auto}a{color:var(--accent,LinkText)}`;
const HEAD = `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><body>`;
/** JupyterLab's scripts find a node under this name, Notebook's of old a list. */
const ELEMENT = 'const element=document.getElementById("output");element[0]=element;';

export class Drawing {
  readonly #session: Session;
  #again: ((value: unknown) => unknown) | null = null;
  #value: unknown = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** A new document, in which the content has still to be drawn. It takes all listeners away. */
  begin({ content }: Show): void {
    document.open();
    write(HEAD);
    if (content.kind === "html") return; // its text is written behind
    write('<div id="output"></div>');
    document.close();
  }

  /** Rejects when it could not be drawn; what a foreign script does wrong by itself is on the console only. */
  async draw({ content, libraries }: Show): Promise<void> {
    for (const { source, addresses } of libraries) if (addresses.length === 0) await load(source);
    switch (content.kind) {
      case "html":
        write(redirected(content.html, libraries));
        document.close();
        return;
      case "script":
        run(`{${ELEMENT}${redirected(content.source, libraries)}\n}`);
        return;
      case "call":
        return this.#call(content);
      case "module":
        return this.#start(content);
    }
  }

  async update(value: unknown): Promise<void> {
    this.#value = value;
    await this.#again?.(value);
  }

  /** The page is light now, or dark: what was drawn for the other is drawn anew. */
  async redraw(): Promise<void> {
    await this.#again?.(this.#value);
  }

  async #call({ name, value }: Content<"call">): Promise<void> {
    const library = (globalThis as unknown as Globals)[name];
    if (library === undefined) throw new Error(`${name} did not load`);
    this.#again = (next) => library(output(), next);
    await this.update(value);
  }

  async #start({ source, value }: Content<"module">): Promise<void> {
    const module = (await import(/* @vite-ignore */ addressOf(source))) as { start?: (frame: ModuleFrame) => unknown };
    if (typeof module.start !== "function") throw new Error("the module has no function start");
    await module.start({ ...this.#session, element: output(), value });
  }
}

function write(html: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the parser itself: scripts run in order, in their places
  document.write(html);
}

function output(): HTMLElement {
  const element = document.getElementById("output");
  if (element === null) throw new Error("the element of the output is gone");
  return element;
}

function run(source: string): void {
  const script = document.createElement("script");
  script.textContent = source;
  document.head.append(script);
}

function load(library: Blob): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = URL.createObjectURL(library);
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("a library could not be loaded"));
    document.head.append(script);
  });
}

/** With the libraries that came along in place of the addresses that mean them. */
export function redirected(text: string, libraries: readonly Library[]): string {
  const places = libraries.flatMap(({ source, addresses }) => {
    if (addresses.length === 0) return [];
    const here = URL.createObjectURL(source);
    return addresses.map((address) => [address, here] as const);
  });
  if (places.length === 0) return text;
  places.sort(([one], [other]) => other.length - one.length); // one address may begin another
  const whole = text.replace(/\s(?:integrity|crossorigin)=(["'])[^"'<>]*\1/g, ""); // of another server's file
  return places.reduce((result, [address, here]) => result.replaceAll(address, here), whole);
}

function addressOf(source: string): string {
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}
