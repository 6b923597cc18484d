/** The place of going back and forward; what does it is loaded with the first key or click, before which nobody went. */
import { signal } from "@preact/signals";
import type { Shell } from "./shell";

/** Goes where the user has been: -1 back, 1 forward. */
export interface Going {
  readonly can: (step: 1 | -1) => boolean;
  readonly go: (step: 1 | -1) => Promise<void>;
}

export const going = signal<Going | null>(null);

export function tieGoing(shell: Shell, page: Window): () => void {
  let stop = (): void => undefined;
  const load = (): void => {
    forget();
    import("./going").then(
      ({ followPlaces }) => {
        const found = followPlaces(shell, page);
        going.value = found;
        stop = found.stop;
      },
      () => undefined, // then without
    );
  };
  const kinds = ["keydown", "pointerdown"];
  const forget = (): void => kinds.forEach((kind) => page.removeEventListener(kind, load));
  kinds.forEach((kind) => page.addEventListener(kind, load));
  return () => {
    forget();
    stop();
    going.value = null;
  };
}
