/**
 * What the page's one voice says: how cells end, in the document at the front; states of the kernel, of saving and of
 * the connection that somebody should know of; messages at the corner of the window.
 *
 * Not said: that something was saved, that cells run one after the other. That happens all the time, and stands in the
 * status bar for who looks there (F6).
 */
import { computed, effect } from "@preact/signals";
import type { Shell } from "./shell";
import type { DocumentStatus, KernelWord, SaveWord } from "./document";
import { statusParts } from "./statusText";

const KERNEL: ReadonlySet<KernelWord> = new Set(["starting", "restarting", "interrupting", "dead", "input"]);
const SAVE: ReadonlySet<SaveWord> = new Set(["failed", "changed_on_disk", "read_only"]);

/** The sentence about a status; empty where nothing about it needs to be said. */
export function spokenStatus(status: DocumentStatus): string {
  const isSaid = { kernel: KERNEL.has(status.kernel?.word ?? "none"), save: SAVE.has(status.save?.word ?? "saved") };
  const parts = statusParts(status).filter(
    ({ id }) => (id === "kernel" && isSaid.kernel) || (id === "save" && isSaid.save) || id === "connection",
  );
  return parts.map((part) => (part.id === "connection" ? part.title || part.text : part.text)).join(", ");
}

/** Begins to listen; gives back how to stop. */
export function tieAnnouncements(shell: Shell): () => void {
  const { announcer } = shell;
  const spoken = computed(() => spokenStatus(shell.status.value));
  const isUrgent = computed(
    () => shell.status.value.kernel?.word === "dead" || shell.status.value.save?.word === "failed",
  );
  const toast = computed(() => shell.toasts.shown.value.at(-1) ?? null);
  const stops = [
    effect(() => announcer.say({ text: spoken.value, isUrgent: isUrgent.value })),
    effect(() => announcer.say({ text: toast.value?.text ?? "", isUrgent: toast.value?.kind === "error" })),
    effect(() => {
      const said = shell.activeDocument.value?.announced?.value;
      if (said !== undefined) announcer.say(said);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
