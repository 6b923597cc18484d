/** The icons: a 24 grid, one stroke of 1.7, the colour of the text around them. Decoration only: the control has the words. */

const PATHS = {
  run: "M8 5.5v13l10.5-6.5z",
  stop: "M7 7h10v10H7z",
  restart: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  up: "M12 19V5.5M6 11.5l6-6 6 6",
  down: "M12 5v13.5M6 12.5l6 6 6-6",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  files: "M8 4h7l4 4v9H8zM15 4v4h4M8 7H5v13h11v-3",
  search: "M10.5 5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM14.5 14.5 20 20",
  git: "M7 8.5v7M7 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 10.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 10.5c0 3.5-4.5 3-9.6 5",
  running: "M3.5 12h4l2.5-7 4 14 2.5-7h4",
  settings:
    "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M6 18l2.1-2.1M15.9 8.1 18 6",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h15",
  "chevron-right": "M9.5 6l6 6-6 6",
  "chevron-down": "M6 9.5l6 6 6-6",
  save: "M5 5h11l3 3v11H5zM8 5v5h7V5M8 19v-5.5h8V19",
  code: "M8.5 7 3.5 12l5 5M15.5 7l5 5-5 5M13.5 5l-3 14",
  markdown: "M3 6.5h18v11H3zM6 14.5v-5l2.5 3 2.5-3v5M16.5 9.5v5M14.3 12.5l2.2 2.2 2.2-2.2",
  kernel: "M7 7h10v10H7zM10 3.5V7M14 3.5V7M10 17v3.5M14 17v3.5M3.5 10H7M3.5 14H7M17 10h3.5M17 14h3.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  warning: "M12 4.5 21 19.5H3zM12 10v4.5M12 17.2v.01",
  error: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5v5.5M12 16.2v.01",
  folder: "M3.5 6h6l2 2.5h9v10.5h-17z",
  notebook: "M6.5 4H18v16H6.5zM6.5 4v16M4.5 8h3.5M4.5 12h3.5M4.5 16h3.5M11.5 8.5H15M11.5 12H15",
  file: "M6.5 3.5h7.5l4 4v13H6.5zM14 3.5v4h4",
  duplicate: "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9",
  copy: "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9",
  edit: "M5 19l1-4L15.5 5.5l3 3L9 18zM13.5 7.5l3 3",
  wrap: "M4 6h16M4 12h12.5a3 3 0 0 1 0 6H12M14.5 15.5 12 18l2.5 2.5M4 18h4",
} as const;

export type IconName = keyof typeof PATHS;

/** `size` in CSS pixels. A name that is not known draws nothing, so that a command may name an icon of its own. */
export function Icon({ name, size = 16 }: { readonly name: string; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" ? 2.6 : 1.7}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {isIconName(name) && <path d={PATHS[name]} />}
    </svg>
  );
}

export function isIconName(name: string): name is IconName {
  return Object.hasOwn(PATHS, name);
}
