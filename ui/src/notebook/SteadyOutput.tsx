/** An output of a cell: one that is the same value as before is not drawn again. */
import { Component } from "preact";
import { OutputView, type OutputViewProps } from "../outputs/OutputView";

export class SteadyOutput extends Component<OutputViewProps> {
  override shouldComponentUpdate(next: OutputViewProps): boolean {
    const { output, trusted, cellLabel, folder, place } = this.props;
    const isSame = next.output === output && next.trusted === trusted && next.folder === folder;
    return !isSame || next.cellLabel !== cellLabel || next.place !== place;
  }

  override render(props: OutputViewProps) {
    return <OutputView {...props} />;
  }
}
