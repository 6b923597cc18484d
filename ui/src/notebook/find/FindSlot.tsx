/** The place of the find bar, which is loaded when it is asked for the first time. */
import { type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenNotebook } from "../openNotebook";

type Bar = ComponentType<{ readonly notebook: OpenNotebook }>;

export function FindSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const isShown = notebook.find.shown.value !== null;
  const [bar, setBar] = useState<{ readonly Bar: Bar } | null>(null);
  useEffect(() => {
    if (!isShown || bar !== null) return;
    import("./FindBar").then(
      ({ FindBar }) => setBar({ Bar: FindBar }),
      () => notebook.find.close(),
    );
  }, [isShown]);
  return isShown && bar !== null ? <bar.Bar notebook={notebook} /> : null;
}
