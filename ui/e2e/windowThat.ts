/** What stands in for the native window in a page that asks it for new versions. */

export const FOUND = { version: "99.0", url: "https://a.example/d", notes: "https://a.example/n" };

/** A window that answers like the native one, and notes what it is asked in `window.asked`. */
export function windowThat(asks: boolean): string {
  return `
    window.asked = [];
    const idle = { enabled: true, ask: false, look: "weekly", looking: false, found: null };
    const answer = (wish, value) => {
      window.asked.push([wish, value].join(" ").trim());
      if (${String(asks)} && !window.asked.includes("look weekly")) return { ...idle, look: "unset", ask: true };
      return window.asked.some((it) => it.startsWith("skip")) ? idle : { ...idle, found: ${JSON.stringify(FOUND)} };
    };
    window.pywebview = { api: {
      updates: async (wish, value) => answer(wish, value),
      open_external: async (url) => window.asked.push("open " + url),
    } };`;
}
