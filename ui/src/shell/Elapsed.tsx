/** The time since something began, in whole seconds, from the first one on. It ticks only while it is in the page. */
import { useEffect, useState } from "preact/hooks";
import { wholeDuration } from "../wire/duration";

export function Elapsed({ since }: { readonly since: Date | null }) {
  const [mounted] = useState(() => Date.now());
  const [now, setNow] = useState(mounted);
  // The server's clock may be another one than ours: nothing began after we have heard of it.
  const seconds = Math.floor(Math.max(0, now - Math.min(since?.getTime() ?? mounted, mounted)) / 1_000);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), 1_000);
    return () => clearTimeout(timer);
  }, [now]);
  return seconds < 1 ? null : <span>{wholeDuration(seconds)}</span>;
}
