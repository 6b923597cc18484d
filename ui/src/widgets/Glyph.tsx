/** The icon of a button, where it is one of those that are used most. Kernels name them as Font Awesome does. */
const GLYPHS: Readonly<Record<string, string>> = {
  check: "✓", times: "✕", close: "✕", remove: "✕", play: "▶", pause: "❚❚", stop: "■", refresh: "↻", sync: "↻", repeat: "↻", undo: "↶", redo: "↷",
  plus: "+", add: "+", minus: "−", download: "↓", upload: "↑", save: "⬇", edit: "✎", pencil: "✎", search: "⌕", home: "⌂", info: "ℹ", warning: "⚠",
  question: "?", cog: "⚙", gear: "⚙", trash: "🗑", star: "★", heart: "♥", "arrow-left": "←", "arrow-right": "→", "arrow-up": "↑", "arrow-down": "↓",
  "chevron-left": "‹", "chevron-right": "›", "step-forward": "⏭", "step-backward": "⏮", "fast-forward": "»", "fast-backward": "«", bars: "☰", circle: "●",
  square: "■", eye: "◉", lock: "🔒", link: "🔗", envelope: "✉", calendar: "▦", table: "▦", list: "☰", expand: "⤢", compress: "⤡", arrows: "✥", "square-o": "□",
}; // prettier-ignore

export function Glyph({ name }: { readonly name: string }) {
  const glyph = GLYPHS[name.replace(/^(fa[srb]?\s+)?(fa-)?/, "")];
  return glyph === undefined ? null : <span aria-hidden="true">{glyph} </span>;
}
