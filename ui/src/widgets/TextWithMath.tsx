/** Text in which formulas between dollars are set. Until what sets them has been loaded, they stand as they are written. */
import { useEffect, useState } from "preact/hooks";
import { latexNow, renderLatex } from "../markdown/latex";

const FORMULA = /\$[^$]+\$|\\\([\s\S]+\\\)|\\\[[\s\S]+\\\]/;

export function TextWithMath({ text }: { readonly text: string }) {
  const [set, setSet] = useState<{ readonly text: string; readonly html: string } | null>(null);
  const hasFormula = FORMULA.test(text);
  const now = hasFormula ? (set?.text === text ? set.html : latexNow(text)) : null;
  useEffect(() => {
    if (!hasFormula || now !== null) return;
    let wanted = true;
    renderLatex(text).then(
      (html) => wanted && setSet({ text, html }),
      () => undefined, // it stays as it is written
    );
    return () => {
      wanted = false;
    };
  }, [text, hasFormula, now]);
  return now === null ? <>{text}</> : <span dangerouslySetInnerHTML={{ __html: now }} />;
}
