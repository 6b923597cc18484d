/** A sentence that the server has made: it is English in every language of the interface, and marked so for readers. */
export function FromServer({ text }: { readonly text: string }) {
  return <span lang="en">{text}</span>;
}
