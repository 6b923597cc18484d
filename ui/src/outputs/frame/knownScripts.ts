/** Addresses on the network that mean scripts which are here. Pure. */

/** Our Vega, nothing (what is in our Vega already), or a file of a package in the kernel's environment. */
export type KnownScript = "vega" | "nothing" | `${string}.min.js`;

export interface Known {
  readonly script: KnownScript;
  /** As they stand in the text. */
  readonly addresses: readonly string[];
}

const NPM = String.raw`https?://(?:cdn\.jsdelivr\.net/npm|unpkg\.com)`;
const VERSION = String.raw`(?:@[\w.^~-]+)?(?:/build/[\w.-]+\.js)?(?:\?noext)?`;
const END = String.raw`(?![\w@/?-])`;

const ADDRESSES: readonly (readonly [RegExp, (found: RegExpExecArray) => KnownScript])[] = [
  [new RegExp(`${NPM}/vega${VERSION}${END}`, "g"), () => "vega"],
  [new RegExp(`${NPM}/vega-(?:lite|embed)${VERSION}${END}`, "g"), () => "nothing"],
  [/https?:\/\/cdn\.plot\.ly\/plotly-[\w.-]+?(?:\.min)?\.js/g, () => "plotly.min.js"],
  [/https?:\/\/cdn\.bokeh\.org\/bokeh\/(?:release|dev)\/(bokeh(?:-[a-z]+)?)-\d[\w.]*?(?:\.min)?\.js/g, bokehFile],
];

/** The scripts in the order in which they are first asked for. */
export function knownScripts(text: string): readonly Known[] {
  const found = new Map<KnownScript, Set<string>>();
  for (const [pattern, scriptOf] of ADDRESSES) {
    for (const match of text.matchAll(pattern)) {
      const script = scriptOf(match);
      const addresses = found.get(script) ?? new Set();
      found.set(script, addresses.add(match[0]));
    }
  }
  return [...found].map(([script, addresses]) => ({ script, addresses: [...addresses] }));
}

function bokehFile(found: RegExpExecArray): KnownScript {
  return `${found[1] ?? "bokeh"}.min.js`;
}
