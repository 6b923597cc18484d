/** Links of outputs and Markdown to files of the workspace: they open in a tab of ours, not of the browser. */
import type { OutputHost } from "./place";

/** To be asked at every press. The browser goes on with what is another link, or is asked for a tab of its own. */
export function openLinkedFile(event: MouseEvent, host: Pick<OutputHost, "openFile"> | null): void {
  if (host === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.composedPath().find((one) => one instanceof Element && one.localName === "a"); // in a shadow root too
  const path = link instanceof Element ? link.getAttribute("data-path") : null;
  if (path === null) return;
  event.preventDefault();
  host.openFile(path);
}
