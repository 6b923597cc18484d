/** A sentence with words of the server: what of it is not in the language of the page (`foreign`) is marked for readers. */
export function FromServer({ text }: { readonly text: string }) {
  return <>{text.split(/[\u2068\u2069]/).map((part, at) => (at % 2 === 0 ? part : <span lang="en">{part}</span>))}</>;
}
