/** What the window says to its page, as `window.adrastea`. What it says before the page is there is kept for it. */

export interface WindowDoor {
  run(command: string): Promise<boolean>;
  open(path: string): Promise<void>;
  hasUnsaved(): boolean;
  /** By which name this window is told apart from the others; `null` while it is the only one. */
  label(name: string | null): void;
}

declare global {
  interface Window {
    adrastea?: WindowDoor;
  }
}

/** Stands for a page that is not there yet, and has nothing unsaved. */
class EarlyDoor implements WindowDoor {
  readonly #kept: ((door: WindowDoor) => void)[] = [];

  run(command: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#kept.push((door) => void door.run(command).then(resolve, reject));
    });
  }

  open(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#kept.push((door) => void door.open(path).then(resolve, reject));
    });
  }

  hasUnsaved(): boolean {
    return false;
  }

  label(name: string | null): void {
    this.#kept.push((door) => {
      door.label(name);
    });
  }

  /** Say it all to `door`, in order. */
  tell(door: WindowDoor): void {
    for (const say of this.#kept.splice(0)) say(door);
  }
}

/** From now on the window is heard: before anything that has to be waited for. */
export function hearWindow(page: Window): void {
  page.adrastea = new EarlyDoor();
}

/** The page is there: it hears what was said meanwhile, and what comes. */
export function openDoor(page: Window, door: WindowDoor): void {
  const early = page.adrastea;
  page.adrastea = door;
  if (early instanceof EarlyDoor) early.tell(door);
}
