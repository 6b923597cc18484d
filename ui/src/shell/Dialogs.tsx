/** The question that waits for an answer, if there is one. */
import { useSignal } from "@preact/signals";
import { Dialog } from "../design/Dialog";
import { isComposing } from "../design/composing";
import { en } from "../i18n/en";
import styles from "./Dialogs.module.css";
import type { DialogsStore, Question } from "./dialogsStore";

export function Dialogs({ store }: { readonly store: DialogsStore }) {
  const question = store.open.value[0];
  return question === undefined ? null : <QuestionDialog key={question.title} question={question} />;
}

function QuestionDialog({ question }: { readonly question: Question }) {
  const field = useSignal(question.field?.initial ?? "");
  const main = question.choices[0];
  return (
    <Dialog
      title={question.title}
      cancelLabel={en.dialogs.cancel}
      onCancel={() => question.answer(null, "")}
      actions={question.choices.map((choice) => ({
        label: choice.label,
        run: () => question.answer(choice.value, field.value),
        ...(choice.kind && { kind: choice.kind }),
      }))}
    >
      {question.text !== "" && <p>{question.text}</p>}
      {question.field !== undefined && (
        <label class={styles.field}>
          {question.field.label}
          <input
            class={styles.input}
            autofocus
            value={field.value}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => (field.value = event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !isComposing(event) && main) question.answer(main.value, field.value);
            }}
          />
        </label>
      )}
    </Dialog>
  );
}
