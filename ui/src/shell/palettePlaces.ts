/** What the palette finds in the document: after `@` headings and cells by name, after `:` lines and cells by number. */
import type { PaletteItem } from "./CommandPalette";
import type { DocumentPlaces } from "./document";
import { fuzzy, PALETTE_ROWS } from "./palette";

export function isPlaceQuery(query: string): boolean {
  return query.startsWith("@") || query.startsWith(":");
}

export function placeItems(places: DocumentPlaces | undefined, query: string): readonly PaletteItem[] {
  if (places === undefined) return [];
  const typed = query.slice(1).trim();
  if (query.startsWith(":")) {
    const number = /^\d+$/.test(typed) ? Number(typed) : 0;
    return places.numbered(number).map((place) => ({ ...item(place), at: [] }));
  }
  const named = places.named();
  if (typed === "") return named.slice(0, PALETTE_ROWS).map((place) => ({ ...item(place), at: [] }));
  return named
    .flatMap((place) => {
      const match = fuzzy(typed, place.title);
      return match === null ? [] : [{ place, match }];
    })
    .sort((one, other) => other.match.score - one.match.score)
    .slice(0, PALETTE_ROWS)
    .map(({ place, match }) => ({ ...item(place), at: match.at }));
}

function item({ id, title, detail, go }: ReturnType<DocumentPlaces["named"]>[number]): Omit<PaletteItem, "at"> {
  return { id, title, details: detail === "" ? [] : [detail], enabled: true, run: go };
}
