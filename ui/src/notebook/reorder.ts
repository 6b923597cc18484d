/**
 * Which nodes keep their place when an order changes. Moving a node reloads the frames in it, so the heavy ones stay and
 * the others move around them. Pure.
 */

/** The items of `after` that keep their place: the ones in the same order as in `before` with the most weight together. */
export function staying<T>(before: readonly T[], after: readonly T[], weight: (item: T) => number): ReadonlySet<T> {
  const places = new Map(before.map((item, index) => [item, index]));
  const wanted = new Set(after);
  const kept = after.filter((item) => places.has(item));
  const known = before.filter((item) => wanted.has(item));
  const stay = new Set<T>();
  let first = 0;
  let last = kept.length;
  while (first < last && kept[first] === known[first]) stay.add(kept[first++] as T);
  while (last > first && kept[last - 1] === known[last - 1]) stay.add(kept[--last] as T);
  for (const item of heaviest(kept.slice(first, last), (item) => places.get(item) ?? 0, weight)) stay.add(item);
  return stay;
}

/** The increasing subsequence with the most weight, by a tree of maxima over the ranks (Fenwick). */
function heaviest<T>(items: readonly T[], placeOf: (item: T) => number, weight: (item: T) => number): readonly T[] {
  const ranks = new Map(
    [...items].sort((one, other) => placeOf(one) - placeOf(other)).map((item, at) => [item, at + 1]),
  );
  const best = new Array<Step<T> | null>(items.length + 1).fill(null);
  let heaviestStep: Step<T> | null = null;
  for (const item of items) {
    const rank = ranks.get(item) ?? 0;
    let before: Step<T> | null = null;
    for (let at = rank - 1; at > 0; at -= at & -at) before = heavier(before, best[at] ?? null);
    const step: Step<T> = { item, before, weight: (before?.weight ?? 0) + weight(item) };
    for (let at = rank; at < best.length; at += at & -at) best[at] = heavier(best[at] ?? null, step);
    heaviestStep = heavier(heaviestStep, step);
  }
  const found: T[] = [];
  for (let step = heaviestStep; step !== null; step = step.before) found.push(step.item);
  return found;
}

interface Step<T> {
  readonly item: T;
  readonly before: Step<T> | null;
  readonly weight: number;
}

function heavier<T>(one: Step<T> | null, other: Step<T> | null): Step<T> | null {
  return (other?.weight ?? 0) > (one?.weight ?? 0) ? other : one;
}
