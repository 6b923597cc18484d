/** Shows a dialog above everything for as long as it is in the page; the focus returns to where it was before. */
import { type RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** `first` says what takes the focus; the browser's own choice where it says nothing. */
export function useModal(dialog: RefObject<HTMLDialogElement | null>, first: () => HTMLElement | null): void {
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showModal();
    first()?.focus();
    return () => {
      element.close();
      // A dialog that has left the page already gives nothing back.
      const now = document.activeElement;
      const lost = now === null || now === document.body || element.contains(now);
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
}
