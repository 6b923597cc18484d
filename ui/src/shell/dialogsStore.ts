/** Questions to the user, one at a time: who asks gets a promise of the answer. Esc is the safe choice. */
import { type ReadonlySignal, signal } from "@preact/signals";

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
  readonly kind?: "primary" | "danger";
}

export interface Question {
  readonly title: string;
  readonly text: string;
  /** A line to fill in, with what stands there at first. */
  readonly field?: { readonly label: string; readonly initial: string };
  readonly choices: readonly Choice<string>[];
  readonly answer: (choice: string | null, field: string) => void;
}

export class DialogsStore {
  readonly #open = signal<readonly Question[]>([]);

  /** The questions that wait, the one on the screen first. */
  get open(): ReadonlySignal<readonly Question[]> {
    return this.#open;
  }

  /** Asks; the answer is the value of the choice, or `null` when it was cancelled. */
  ask<T extends string>(title: string, text: string, choices: readonly Choice<T>[]): Promise<T | null> {
    return new Promise((resolve) => {
      this.#push({ title, text, choices, answer: (choice) => resolve(choice as T | null) });
    });
  }

  /** Asks for a line of text; `null` when it was cancelled. */
  askText(title: string, label: string, initial: string, verb: string): Promise<string | null> {
    return new Promise((resolve) => {
      this.#push({
        title,
        text: "",
        field: { label, initial },
        choices: [{ label: verb, value: "ok", kind: "primary" }],
        answer: (choice, field) => resolve(choice === null || field.trim() === "" ? null : field.trim()),
      });
    });
  }

  #push(question: Question): void {
    const answer: Question["answer"] = (choice, field) => {
      this.#open.value = this.#open.value.filter((other) => other !== shown);
      question.answer(choice, field);
    };
    const shown: Question = { ...question, answer };
    this.#open.value = [...this.#open.value, shown];
  }
}
