/** What the native window does for a PDF: it asks where to, and prints the page into that file. A browser cannot. */

interface PdfApi {
  choose_pdf?(name: string): Promise<unknown>;
  print_pdf?(): Promise<unknown>;
  cancel_pdf?(): Promise<unknown>;
}

function api(page: Window): PdfApi | undefined {
  return (page as Window & { pywebview?: { api?: PdfApi } }).pywebview?.api;
}

/** Whether the user has chosen a file; `null` where the window prints no PDF by itself. */
export async function choosePdf(name: string, page: Window = window): Promise<boolean | null> {
  const answer = await api(page)?.choose_pdf?.(name);
  return typeof answer === "boolean" ? answer : null;
}

/**
 * Prints what the page has laid out into the file that was chosen. Nothing is kept once `signal` says so. Rejects with
 * the window's sentence about why the file is not there.
 */
export async function printPdf(signal: AbortSignal, page: Window = window): Promise<void> {
  const giveUp = (): void => void api(page)?.cancel_pdf?.();
  signal.addEventListener("abort", giveUp);
  try {
    signal.throwIfAborted();
    const said = await api(page)?.print_pdf?.();
    if (said !== "") throw new Error(String(said));
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
