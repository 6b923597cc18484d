/** Keeps the failure of one output to that output: it says so, and offers the text. */
import { Component, type ComponentChildren } from "preact";
import { Button } from "../design/Button";
import { outputsText } from "../i18n/outputs";
import { CopyButton } from "./CopyButton";
import styles from "./OutputView.module.css";
import { TextOutput } from "./TextOutput";

interface Props {
  readonly children: ComponentChildren;
  /** What is shown on request instead. */
  readonly text: () => string;
  /** Another value forgets the failure: the output has changed. */
  readonly of: unknown;
}

interface State {
  readonly failedOf: unknown;
  readonly failed: boolean;
  /** What a developer needs to know. */
  readonly details: string;
  readonly asText: boolean;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, failedOf: null, details: "", asText: false };

  override componentDidCatch(error: unknown): void {
    console.error("An output could not be shown", error);
    const details = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    this.setState({ failed: true, failedOf: this.props.of, details, asText: false });
  }

  override render() {
    const { failed, failedOf, asText, details } = this.state;
    if (!failed || failedOf !== this.props.of) return this.props.children;
    if (asText) return <TextOutput text={this.props.text()} />;
    return (
      <p class={styles.note}>
        {outputsText.crashed} <Button label={outputsText.showAsText} onClick={() => this.setState({ asText: true })} />
        <CopyButton label={outputsText.copyDetails} text={() => `${details}\n\n${this.props.text()}`} />
      </p>
    );
  }
}
