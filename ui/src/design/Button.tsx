/** The two buttons: one with words, one with an icon whose words are its name for readers and its tooltip. */
import { type Ref } from "preact";
import styles from "./Button.module.css";
import { Icon } from "./Icon";

export interface ButtonProps {
  /** What it does, a verb first. */
  readonly label: string;
  /** The name of an icon of Icon.tsx. */
  readonly icon?: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly disabled?: boolean;
  /** Why it can do nothing now: it looks disabled and can still be reached, so that this is heard. A press goes through. */
  readonly refusal?: string;
  /** The tooltip: the label with its key, or the reason why it is disabled. */
  readonly title?: string;
  readonly variant?: "plain" | "primary" | "danger" | "quiet";
  /** For toggles: whether it is on. */
  readonly pressed?: boolean;
  /** For controls that open something: whether it is open. */
  readonly expanded?: boolean;
  readonly popup?: "menu" | "dialog" | "listbox";
  /** Whether the keyboard reaches it by Tab; a roving group sets -1. */
  readonly tabIndex?: number;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  return (
    <button {...attributes(props)} class={`${styles.button ?? ""} ${styles[props.variant ?? "plain"] ?? ""}`}>
      {props.icon !== undefined && <Icon name={props.icon} />}
      <span>{props.label}</span>
    </button>
  );
}

export function IconButton(props: ButtonProps & { readonly icon: string; readonly size?: number }) {
  return (
    <button
      {...attributes(props)}
      class={`${styles.iconButton ?? ""} ${styles[props.variant ?? "quiet"] ?? ""}`}
      title={props.refusal || (props.title ?? props.label)}
      aria-label={props.label}
    >
      <Icon name={props.icon} size={props.size ?? 16} />
    </button>
  );
}

function attributes({ onClick, disabled, refusal, title, pressed, expanded, popup, tabIndex, buttonRef }: ButtonProps) {
  return {
    type: "button" as const,
    disabled: disabled ?? false,
    onClick,
    ...(title !== undefined && { title }),
    ...(refusal && { "aria-disabled": true, title: refusal }),
    ...(pressed !== undefined && { "aria-pressed": pressed }),
    ...(expanded !== undefined && { "aria-expanded": expanded }),
    ...(popup !== undefined && { "aria-haspopup": popup }),
    ...(tabIndex !== undefined && { tabIndex }),
    ...(buttonRef !== undefined && { ref: buttonRef }),
  };
}
