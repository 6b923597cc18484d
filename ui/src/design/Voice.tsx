/**
 * The page's one voice in the page: its two live regions, and how what is shown is also said. A live region of a view's
 * own would speak beside it, with another at the same time, and a hundred times a second: the linter refuses them.
 */
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import type { Announcement, Announcer } from "./announcer";
import { FromServer } from "./FromServer";

/** Without a page around them, as on paper, views say nothing. */
export const Speaker = createContext<Announcer | null>(null);

/** Where it is heard: once in the page, and once in the dialog before it, for all behind a dialog is silent. */
export function Voice() {
  const announcer = useContext(Speaker);
  if (announcer === null) return null;
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        <FromServer text={announcer.heard.value} />
      </div>
      <div class="visually-hidden" role="alert">
        <FromServer text={announcer.alarm.value} />
      </div>
    </>
  );
}

/** Says something that is not shown, or not shown for long. */
export function useVoice(): (announcement: Announcement) => void {
  return useContext(Speaker)?.say ?? silence;
}

const silence = (): void => undefined;

interface SpokenProps {
  readonly tag?: "div" | "p" | "span";
  readonly class?: string | undefined;
  readonly title?: string;
  /** Whether it interrupts: an error, something that is lost. */
  readonly isUrgent?: boolean;
  /** Whether it is said when it changes only, for who opens a page of settings is not told each of them. */
  readonly onlyChanges?: boolean;
  readonly children?: ComponentChildren;
}

/** What is shown here is said too, when it comes and when it changes, without buttons and what readers do not see. */
export function Spoken(props: SpokenProps) {
  const { tag: Tag = "span", class: name, title, isUrgent = false, onlyChanges = false, children } = props;
  const say = useVoice();
  const shown = useRef<HTMLElement>(null);
  const said = useRef(onlyChanges ? null : "");
  useEffect(() => {
    const text = textOf(shown.current);
    if (text !== said.current && said.current !== null) say({ text, isUrgent });
    said.current = text;
  });
  return (
    <Tag ref={(element: HTMLElement | null) => void (shown.current = element)} class={name} title={title}>
      {children}
    </Tag>
  );
}

/** Empty where it is not to be seen: in a tab behind. */
function textOf(element: HTMLElement | null): string {
  if (element === null || ("checkVisibility" in element && !element.checkVisibility())) return "";
  const copy = element.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll("[aria-hidden=true], button")) hidden.remove();
  return copy.textContent.trim();
}
