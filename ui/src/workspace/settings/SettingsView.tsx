/** The settings that there are: each acts at once. */
import { Button } from "../../design/Button";
import { Spoken } from "../../design/Voice";
import { DENSITIES, THEMES } from "../../design/theme";
import { LANGUAGE_CHOICES, LANGUAGE_NAMES, type LanguageChoice } from "../../i18n/language";
import { workspaceText } from "../../i18n/workspace";
import type { KeyActions } from "./keyRow";
import { KeySettings } from "./KeySettings";
import { NOTICE_AFTER, type Preferences, ZOOM } from "./preferences";
import styles from "./SettingsView.module.css";

const text = workspaceText.settings;

export interface SettingsViewProps {
  readonly preferences: Preferences;
  /** Whether the window looks for new versions; where it never does, there is nothing to choose. */
  readonly updates?: { readonly enabled: boolean; readonly weekly: boolean; choose(weekly: boolean): void };
  /** Notices of long runs: whether they are shown, and how to switch them. */
  readonly notices: { readonly on: boolean; set(on: boolean): void };
  /** Keeps the choice, and loads the window anew where that makes a difference. */
  readonly chooseLanguage: (choice: LanguageChoice) => void;
  readonly keys: KeyActions;
}

export function SettingsView({ preferences, updates, notices, chooseLanguage, keys }: SettingsViewProps) {
  const zoom = preferences.zoom.value;
  return (
    <div class={styles.settings}>
      <h2>{text.title}</h2>
      <fieldset class={styles.group}>
        <legend>{text.theme}</legend>
        {THEMES.map((theme) => (
          <label key={theme} class={styles.option}>
            <input
              type="radio"
              name="theme"
              checked={preferences.theme.value === theme}
              onChange={() => preferences.setTheme(theme)}
            />
            {text.themes[theme]}
          </label>
        ))}
      </fieldset>
      <fieldset class={styles.group}>
        <legend>{text.density}</legend>
        {DENSITIES.map((density) => (
          <label key={density} class={styles.option}>
            <input
              type="radio"
              name="density"
              checked={preferences.density.value === density}
              onChange={() => preferences.setDensity(density)}
            />
            {text.densities[density]}
          </label>
        ))}
      </fieldset>
      <fieldset class={styles.group}>
        <legend>{text.language}</legend>
        {LANGUAGE_CHOICES.map((choice) => (
          <label key={choice} class={styles.option}>
            <input
              type="radio"
              name="language"
              checked={preferences.language.value === choice}
              onChange={() => chooseLanguage(choice)}
            />
            {choice === "system" ? text.languageOfSystem : <span lang={choice}>{LANGUAGE_NAMES[choice]}</span>}
          </label>
        ))}
        <p class={styles.hint}>{text.languageHint}</p>
      </fieldset>
      <fieldset class={styles.group}>
        <legend>{text.zoom}</legend>
        <div class={styles.option}>
          <Button label="−" title={`${zoom - ZOOM.step} %`} onClick={() => preferences.setZoom(zoom - ZOOM.step)} />
          <Spoken onlyChanges>{zoom} %</Spoken>
          <Button label="+" title={`${zoom + ZOOM.step} %`} onClick={() => preferences.setZoom(zoom + ZOOM.step)} />
          <Button label={text.reset} onClick={() => preferences.setZoom(ZOOM.usual)} disabled={zoom === ZOOM.usual} />
        </div>
      </fieldset>
      <fieldset class={styles.group}>
        <legend>{text.appearance}</legend>
        <Toggle label={text.labels} on={preferences.railLabels.value} set={(on) => preferences.setRailLabels(on)} />
        <Toggle label={text.lettersAlone} on={preferences.letters.value} set={(on) => preferences.setLetters(on)} />
        <p class={styles.hint}>{text.lettersAloneHint}</p>
        <Toggle
          label={text.imageBacking}
          on={preferences.imageBacking.value}
          set={(on) => preferences.setImageBacking(on)}
        />
      </fieldset>
      <fieldset class={styles.group}>
        <legend>{text.editor}</legend>
        <Toggle
          label={text.lineNumbers}
          on={preferences.lineNumbers.value}
          set={(on) => preferences.setLineNumbers(on)}
        />
        <Toggle
          label={text.closeBrackets}
          on={preferences.closeBrackets.value}
          set={(on) => preferences.setCloseBrackets(on)}
        />
        <Toggle label={text.vim} on={preferences.vim.value} set={(on) => preferences.setVim(on)} />
        <p class={styles.hint}>{text.vimHint}</p>
      </fieldset>
      {updates?.enabled === true && (
        <fieldset class={styles.group}>
          <legend>{text.updates}</legend>
          <Toggle label={text.updatesWeekly} on={updates.weekly} set={(on) => updates.choose(on)} />
          <p class={styles.hint}>{text.updatesHint}</p>
        </fieldset>
      )}
      <fieldset class={styles.group}>
        <legend>{text.notices}</legend>
        <Toggle label={text.noticesOn} on={notices.on} set={(on) => notices.set(on)} />
        <label class={styles.option}>
          {text.noticeAfter}
          <input
            type="number"
            class={styles.number}
            min={NOTICE_AFTER.smallest}
            max={NOTICE_AFTER.largest}
            value={preferences.noticeAfter.value}
            disabled={!notices.on}
            onChange={(event) => preferences.setNoticeAfter(event.currentTarget.valueAsNumber)}
          />
          {text.seconds}
        </label>
      </fieldset>
      <KeySettings actions={keys} />
    </div>
  );
}

function Toggle({
  label,
  on,
  set,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
}) {
  return (
    <label class={styles.option}>
      <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
