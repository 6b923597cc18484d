/**
 * The outputs of a cell behind its first ones, in pieces. A piece has its content near the view only, and its height
 * everywhere, as cells have (cellList.ts): what a cell shows may be as long as it likes. Of very many the middle is one
 * line (outputDivision.ts), until somebody asks for more of it or something is found there.
 *
 * What is read stays where it is while pieces above it become higher, or go because a running cell has new ones at its
 * end. The list of cells does the same for a cell that lies above the view as a whole, and hears of sizes first.
 */
import type { Signal } from "@preact/signals";
import { Component, createRef } from "preact";
import { useContext } from "preact/hooks";
import { Button } from "../design/Button";
import { manyOutputsText as text } from "../i18n/manyOutputs";
import { Host, OutputMemory } from "../outputs/place";
import type { Output } from "../wire/outputs";
import styles from "./ManyOutputs.module.css";
import type { CellId } from "./model";
import { divided, type Division, PIECE } from "./outputDivision";
import { OutputPiece } from "./OutputPiece";
import { type ScrolledView, scrolledView } from "./scrolledView";

const NEXT = 100; // outputs

export interface ManyOutputsProps {
  readonly outputs: readonly Output[];
  readonly cell: CellId;
  readonly cellLabel: string;
  readonly trusted: boolean;
  readonly folder: string;
}

export function ManyOutputs(props: ManyOutputsProps) {
  const memory = useContext(Host)?.memory ?? new OutputMemory();
  return <Pieces memory={memory} {...props} />;
}

/** Brings an output into view that may not be in the page; one of the first is there with its cell. */
export function showOutput(memory: OutputMemory, cell: CellId, count: number, index: number): void {
  const asked = askedFor(memory, cell);
  const { head, tail } = divided(count, asked.peek());
  if (index >= head && index < tail) asked.value = index + 1;
  if (index >= PIECE) wantedOf(memory, cell).value = index;
}

/** How many of the first outputs of a cell are to be shown. */
function askedFor(memory: OutputMemory, cell: CellId): Signal<number | undefined> {
  return memory.choice<number | undefined>(`${cell} outputs`, undefined);
}

/** The output that is to be brought into view. */
function wantedOf(memory: OutputMemory, cell: CellId): Signal<number | null> {
  return memory.choice<number | null>(`${cell} wanted output`, null);
}

interface PiecesProps extends ManyOutputsProps {
  readonly memory: OutputMemory;
}

/** Something that stays, and where it was. */
interface Anchor {
  readonly element: Element;
  readonly top: number;
}

class Pieces extends Component<PiecesProps> {
  readonly #list = createRef<HTMLDivElement>();
  readonly #pieces = new Map<Element, OutputPiece>();
  readonly #waiting = new Set<OutputPiece>();
  #view: ScrolledView | null = null;
  #frame = 0;
  #shown: Division = { head: 0, tail: 0 };
  #shownBefore = this.#shown;

  override componentDidMount(): void {
    this.#bringIntoView();
  }

  override getSnapshotBeforeUpdate(): Anchor | null {
    const { head, tail } = this.#shown;
    const before = this.#shownBefore;
    const isMoved = head < before.head || (head === before.head && tail !== before.tail); // else more was asked for
    if (this.#view === null || !isMoved) return null;
    const { top } = this.#view.box();
    const stay = this.#inOrder().filter(([, { props }]) => props.from < head || props.from >= tail);
    const [element] = stay.find(([one]) => one.getBoundingClientRect().bottom > top) ?? [];
    return element === undefined ? null : { element, top: element.getBoundingClientRect().top };
  }

  override componentDidUpdate(_: PiecesProps, __: object, anchor: Anchor | null): void {
    if (anchor?.element.isConnected === true) {
      this.#view?.scrollBy(anchor.element.getBoundingClientRect().top - anchor.top);
    }
    this.#bringIntoView();
  }

  override componentWillUnmount(): void {
    cancelAnimationFrame(this.#frame);
    this.#view?.end();
  }

  override render({ outputs, memory, cell, ...others }: PiecesProps) {
    const asked = askedFor(memory, cell);
    const wanted = wantedOf(memory, cell).value;
    const heights = memory.choice(`${cell} heights`, new Map<number, number>()).peek();
    const { head, tail } = divided(outputs.length, asked.value);
    this.#shownBefore = this.#shown;
    this.#shown = { head, tail };
    const isEndNear = this.#inOrder().at(-1)?.[1].state.isNear ?? false; // then what comes behind it is seen at once
    const piece = (from: number) => (
      <OutputPiece
        key={from}
        from={from}
        outputs={outputs.slice(from, from + PIECE)}
        cell={cell}
        heights={heights}
        isNearAtOnce={from >= tail && isEndNear}
        isWanted={wanted !== null && wanted >= from && wanted < from + PIECE}
        follow={this.#follow}
        {...others}
      />
    );
    return (
      <div ref={this.#list} class={styles.list}>
        {begins(PIECE, head).map(piece)}
        {tail > head && (
          <div key="more" class={styles.more}>
            <span>{text.left(tail - head)}</span>
            <Button label={text.next} onClick={() => (asked.value = head + NEXT)} />
            <Button label={text.all} onClick={(event) => this.#showAll(asked, event)} />
          </div>
        )}
        {begins(tail, outputs.length).map(piece)}
      </div>
    );
  }

  /** The line goes, and the keyboard must not be nowhere: it is with the cell. */
  #showAll(asked: Signal<number | undefined>, { currentTarget }: MouseEvent): void {
    const cell = currentTarget instanceof Element ? currentTarget.closest<HTMLElement>("[data-cell]") : null;
    cell?.focus({ preventScroll: true });
    asked.value = Number.POSITIVE_INFINITY;
  }

  /** In the frame behind the next: by then the list of cells has heard how high the cell is now, and leaves it alone. */
  #bringIntoView(): void {
    const { memory, cell } = this.props;
    const wanted = wantedOf(memory, cell);
    const index = wanted.peek();
    if (index === null) return;
    wanted.value = null;
    const place = CSS.escape(`${cell}/${index}`);
    const show = (): void => {
      this.#list.current?.querySelector(`[data-output="${place}"]`)?.scrollIntoView({ block: "nearest" });
    };
    requestAnimationFrame(() => requestAnimationFrame(show));
  }

  /** A piece is in the page; returns what ends that. */
  readonly #follow = (piece: OutputPiece, element: HTMLElement): (() => void) => {
    this.#pieces.set(element, piece);
    this.#view ??= scrolledView(element, this.#passed, this.#resized);
    this.#view?.watch(element);
    if (this.#view === null) piece.show();
    return () => {
      this.#view?.leave(element);
      this.#pieces.delete(element);
      this.#waiting.delete(piece);
    };
  };

  #inOrder(): readonly (readonly [Element, OutputPiece])[] {
    return [...this.#pieces].sort(([, one], [, other]) => one.props.from - other.props.from);
  }

  /** Pieces have come near the view, or have gone far from it. */
  readonly #passed = (entries: readonly IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting } of entries) {
      const piece = this.#pieces.get(target);
      if (piece === undefined) continue;
      if (isIntersecting) this.#waiting.add(piece);
      else {
        this.#waiting.delete(piece);
        piece.hide();
      }
    }
    this.#later();
  };

  #later(): void {
    cancelAnimationFrame(this.#frame);
    if (this.#waiting.size > 0) this.#frame = requestAnimationFrame(() => this.#showNext());
  }

  /** The one that is nearest: each frame has room for one. */
  #showNext(): void {
    const view = this.#view?.box();
    if (view === undefined) return;
    const distances = this.#inOrder()
      .filter(([, piece]) => this.#waiting.has(piece))
      .map(([element, piece]) => {
        const { top, bottom } = element.getBoundingClientRect();
        return { piece, distance: Math.max(0, top - view.bottom, view.top - bottom) };
      });
    const nearest = distances.reduce((best, one) => (one.distance < best.distance ? one : best));
    this.#waiting.delete(nearest.piece);
    nearest.piece.show();
    this.#later();
  }

  /** What has become higher or lower above the view must not move what is in it. */
  readonly #resized = (entries: readonly ResizeObserverEntry[]): void => {
    const list = this.#list.current;
    if (this.#view === null || list === null) return;
    const heights = new Map(entries.map(({ target, borderBoxSize: [box] }) => [target, box?.blockSize ?? 0]));
    const { top, scale } = this.#view.box();
    let grown = 0; // px, of the pieces so far
    let above = 0;
    for (const [element, piece] of this.#inOrder()) {
      const height = heights.get(element);
      if (height === undefined) continue;
      const by = piece.measure(height);
      grown += by;
      if (element.getBoundingClientRect().bottom - grown * scale <= top) above += by;
    }
    const isAbove = list.getBoundingClientRect().bottom - grown * scale <= top;
    if (!isAbove) this.#view.scrollBy(above * scale);
  };
}

/** Where pieces begin, from one place to another. */
function begins(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / PIECE)) }, (_, at) => from + at * PIECE);
}
