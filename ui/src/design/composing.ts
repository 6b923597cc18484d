/** Whether a key belongs to an input method, which makes several keys into one character: it means nothing else then. */

const OF_INPUT_METHOD = 229; // the code of such keys; WebKit tells the one that ends a composition when that is over

export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only mark of that last key
  return event.isComposing || event.keyCode === OF_INPUT_METHOD;
}
