/** A view whose code is loaded when it is wanted for the first time; `failed` is called when it cannot be had. */
import { useEffect, useState } from "preact/hooks";

/** What has been loaded, or null until then. One that did not come is asked for again the next time it is wanted. */
export function useChunk<T>(isWanted: boolean, load: () => Promise<T>, failed: () => void): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    if (!isWanted || loaded !== null) return;
    let isGone = false;
    load().then(
      (module) => isGone || setLoaded(() => module),
      () => isGone || failed(),
    );
    return () => {
      isGone = true;
    };
  }, [isWanted]);
  return loaded;
}
