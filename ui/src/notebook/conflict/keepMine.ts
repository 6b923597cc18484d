/** The user's version instead of what the file holds, of which a copy is kept beside it: nothing is lost. */
import { duplicate } from "../../api/contents";
import { conflictText as text } from "../../i18n/conflict";
import { sentenceOf } from "../../i18n/sentenceOf";
import { ApiError } from "../../wire/http";
import type { OpenNotebook } from "../openNotebook";

export async function keepMine({ store, document }: OpenNotebook): Promise<void> {
  try {
    const copy = await duplicate(store.document.peek().path);
    document.overwrite();
    store.notify(text.theirsKept(copy.name));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404)
      document.overwrite(); // there is nothing to keep
    else store.notify(text.theirsNotKept(sentenceOf(error)));
  }
}
