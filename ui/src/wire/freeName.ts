/** `a.csv`, or `a-1.csv`, `a-2.csv`… where that is taken. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem = name, extension = ""] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? [];
  for (let number = 0; ; number += 1) {
    const candidate = number === 0 ? name : `${stem}-${number}${extension}`;
    if (!isTaken(candidate)) return candidate;
  }
}
