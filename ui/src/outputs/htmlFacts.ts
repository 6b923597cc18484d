/** What can be told from HTML without parsing it. */

/** Whether it would do something only when scripts or frames may run. Too careful is harmless: the user is asked. */
export function hasScript(html: string): boolean {
  return /<script\b(?![^>]*type\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/template))|<i?frame\b|<object\b|<embed\b/i.test(
    html,
  );
}

/** Its height before it is there, px: by its table rows, or one line. */
export function heightGuess(html: string): number {
  const rows = html.match(/<tr\b/gi)?.length ?? 0;
  return rows === 0 ? 32 : Math.min(600, rows * 25 + 16);
}
