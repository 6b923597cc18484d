/**
 * Imagine being in a thread of its own (a Web Worker): it looks for a regular expression in texts, one after the other.
 * An expression may take for ever with a text (`(a+)+$`); the page then ends the thread, and only the thread has waited.
 */
import type { LookAnswer, LookRequest } from "./lookThread";
import { hitsIn } from "./query";

const PAUSE = 50; // milliseconds of work that are answered together

onmessage = ({ data }: MessageEvent<LookRequest>) => {
  const regex = new RegExp(data.source, data.flags);
  let answers: LookAnswer["answers"][number][] = [];
  let told = performance.now();
  for (const { id, text } of data.texts) {
    answers.push({ id, hits: hitsIn(text, regex, data.limit, true) });
    if (performance.now() - told < PAUSE) continue;
    postMessage({ answers } satisfies LookAnswer);
    answers = [];
    told = performance.now();
  }
  postMessage({ answers } satisfies LookAnswer);
};
