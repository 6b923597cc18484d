/** A parser of Python that lets IPython's magics pass, and that hands the body of `%%html`, `%%bash`… to their grammar. */
import { type Input, NodeType, Parser, parseMixed, type PartialParse, Tree, type TreeFragment } from "@lezer/common";
import { type LanguageName } from "./languageNames";
import { findMagics, type Magics } from "./magics";

const LONGEST = 200_000; // characters: above that a cell is parsed as it is

export class MagicParser extends Parser {
  /** `nested` gives the grammar of a cell magic's body, null while it is not loaded. */
  constructor(
    private readonly python: Parser,
    private readonly nested: (language: LanguageName) => Parser | null,
  ) {
    super();
  }

  override createParse(
    input: Input,
    fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    const magics = input.length > LONGEST ? null : findMagics(input.read(0, input.length));
    if (magics === null) return this.python.startParse(input, fragments, ranges);
    // What is a magic depends on the lines before it: no piece of an older tree can be trusted.
    const outer = this.python.startParse(new TextInput(magics.masked), [], ranges);
    return magics.body === null ? outer : this.#withBody(magics.body, outer, input, ranges);
  }

  #withBody(
    body: NonNullable<Magics["body"]>,
    outer: PartialParse,
    input: Input,
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    if (body.from >= body.to) return outer;
    const parser = this.nested(body.language) ?? PLAIN;
    const mount = parseMixed((node) =>
      node.type.isTop && node.from === 0 ? { parser, overlay: [{ from: body.from, to: body.to }] } : null,
    );
    return mount(outer, input, [], ranges);
  }
}

class TextInput implements Input {
  readonly lineChunks = false;
  constructor(private readonly text: string) {}
  get length(): number {
    return this.text.length;
  }
  chunk(from: number): string {
    return this.text.slice(from);
  }
  read(from: number, to: number): string {
    return this.text.slice(from, to);
  }
}

/** A language without tokens. */
class PlainParser extends Parser {
  override createParse(
    _input: Input,
    _fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ) {
    const from = ranges[0]?.from ?? 0;
    const to = ranges.at(-1)?.to ?? from;
    return {
      parsedPos: to,
      stoppedAt: null,
      stopAt: () => undefined,
      advance: () => new Tree(NodeType.none, [], [], to - from),
    };
  }
}
const PLAIN = new PlainParser();
