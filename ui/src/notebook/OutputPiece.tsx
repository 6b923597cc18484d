/** Some outputs of a cell that come and go together: in the page near the view only, and as high as they were elsewhere. */
import { Component, createRef } from "preact";
import type { Output } from "../wire/outputs";
import { heightOfAll } from "./estimates";
import type { CellId } from "./model";
import { SteadyOutput } from "./SteadyOutput";

const LIVE = "iframe, video, audio"; // what begins anew when it leaves the page

export interface OutputPieceProps {
  readonly outputs: readonly Output[];
  readonly cell: CellId;
  readonly cellLabel: string;
  readonly trusted: boolean;
  readonly folder: string;
  /** The number of its first output. */
  readonly from: number;
  /** Of pieces by `from`, as they were last. */
  readonly heights: Map<number, number>;
  readonly isNearAtOnce: boolean;
  readonly isWanted: boolean;
  readonly follow: (piece: OutputPiece, element: HTMLElement) => () => void;
}

export class OutputPiece extends Component<OutputPieceProps, { readonly isNear: boolean }> {
  readonly #box = createRef<HTMLDivElement>();
  #leave = (): void => undefined;
  #height: number | null = null;

  constructor(props: OutputPieceProps) {
    super(props);
    this.state = { isNear: props.isNearAtOnce || props.isWanted };
  }

  static override getDerivedStateFromProps({ isWanted }: OutputPieceProps) {
    return isWanted ? { isNear: true } : null;
  }

  override componentDidMount(): void {
    if (this.#box.current !== null) this.#leave = this.props.follow(this, this.#box.current);
  }

  override componentWillUnmount(): void {
    this.#leave();
  }

  override shouldComponentUpdate(next: OutputPieceProps, state: { readonly isNear: boolean }): boolean {
    const { outputs, cellLabel, trusted, folder } = this.props;
    const isSame = next.cellLabel === cellLabel && next.trusted === trusted && next.folder === folder;
    const areSame = next.outputs.length === outputs.length && next.outputs.every((one, at) => one === outputs[at]);
    return !isSame || !areSame || state.isNear !== this.state.isNear;
  }

  show(): void {
    this.setState({ isNear: true });
  }

  /** What would begin anew, is used or is selected stays. */
  hide(): void {
    const box = this.#box.current;
    if (box === null || box.querySelector(LIVE) !== null || box.contains(document.activeElement)) return;
    const selection = document.getSelection();
    if (selection !== null && !selection.isCollapsed && selection.containsNode(box, true)) return;
    this.setState({ isNear: false });
  }

  /** Takes over a height in pixels; returns by how much it is more than before. */
  measure(height: number): number {
    const by = this.#height === null ? 0 : height - this.#height;
    this.#height = height;
    if (this.state.isNear) this.props.heights.set(this.props.from, height);
    return by;
  }

  override render({ outputs, cell, from, heights, ...others }: OutputPieceProps) {
    const { isNear } = this.state;
    const height = isNear ? undefined : `${heights.get(from) ?? heightOfAll(outputs)}px`;
    return (
      <div ref={this.#box} style={{ blockSize: height }}>
        {isNear &&
          outputs.map((output, at) => (
            <SteadyOutput key={at} output={output} place={`${cell}/${from + at}`} {...others} />
          ))}
      </div>
    );
  }
}
