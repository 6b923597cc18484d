/** An image over the window, in any size: whole, in its own pixels, or larger. */
import { useState } from "preact/hooks";
import { Button, IconButton } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { Spoken } from "../design/Voice";
import { outputsText } from "../i18n/outputs";
import styles from "./ImageZoom.module.css";

const STEPS = [25, 50, 75, 100, 150, 200, 300, 400, 800] as const; // per cent of its own pixels

export interface ImageZoomProps {
  readonly address: string;
  readonly alt: string;
  readonly backed: boolean;
  readonly close: () => void;
}

export function ImageZoom({ address, alt, backed, close }: ImageZoomProps) {
  const [percent, setPercent] = useState<number | null>(null);
  const [natural, setNatural] = useState(0);
  const smaller = STEPS.findLast((step) => step < (percent ?? 100));
  const larger = STEPS.find((step) => step > (percent ?? 100));
  return (
    <Dialog title={alt} actions={[]} cancelLabel={outputsText.close} onCancel={close} wide>
      <div class={styles.bar}>
        <IconButton
          icon="minus"
          label={outputsText.smaller}
          disabled={smaller === undefined}
          onClick={() => setPercent(smaller ?? 100)}
        />
        <Spoken onlyChanges class={styles.percent}>
          {percent === null ? "" : `${percent} %`}
        </Spoken>
        <IconButton
          icon="plus"
          label={outputsText.larger}
          disabled={larger === undefined}
          onClick={() => setPercent(larger ?? 100)}
        />
        <Button label={outputsText.ownSize} variant="quiet" onClick={() => setPercent(100)} />
        <Button label={outputsText.fitted} variant="quiet" onClick={() => setPercent(null)} />
      </div>
      <div class={styles.box} tabIndex={0}>
        <img
          src={address}
          alt={alt}
          class={`${backed ? (styles.backed ?? "") : ""} ${percent === null ? (styles.fitted ?? "") : (styles.sized ?? "")}`}
          {...(percent !== null && natural > 0 && { style: { inlineSize: `${(natural * percent) / 100}px` } })}
          onLoad={(event) => setNatural(event.currentTarget.naturalWidth)}
        />
      </div>
    </Dialog>
  );
}
