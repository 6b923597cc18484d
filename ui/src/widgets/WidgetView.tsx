/** One widget by its id: the view that its model names, or a line that says why there is none. */
import { createContext, type ComponentType } from "preact";
import { useContext } from "preact/hooks";
import { widgetsText } from "../i18n/widgets";
import { ErrorBoundary } from "../outputs/ErrorBoundary";
import { Accordion, Box, Stack, Tabs } from "./controls/Boxes";
import { Dropdown, RadioButtons, SelectList, ToggleButtons } from "./controls/Choices";
import { Combobox, NumberField, TextareaField, TextField } from "./controls/Fields";
import { OutputShown } from "./controls/OutputShown";
import { ColourPicker, DatePicker, DatetimePicker, FileUpload, TimePicker } from "./controls/Pickers";
import { Play } from "./controls/Play";
import { Controller, HtmlText, ImageShown, LabelText, MediaShown, Progress } from "./controls/Shown";
import { LogSlider, NumberSlider, RangeSlider, SelectionRangeSlider, SelectionSlider } from "./controls/Slider";
import { Tags } from "./controls/Tags";
import { ButtonControl, Checkbox, ToggleButton, Valid } from "./controls/Toggles";
import { ForeignWidget } from "./ForeignWidget";
import { textIn, usePlace, type ViewProps } from "./traits";
import type { ModelId, WidgetModel } from "./widgetModel";
import styles from "./widgets.module.css";

const CORE = new Set(["@jupyter-widgets/controls", "@jupyter-widgets/output", "@jupyter-widgets/base"]);
const DEEPEST = 60; // widgets inside each other; those that contain themselves would never end

const VIEWS: Readonly<Record<string, ComponentType<ViewProps>>> = {
  IntSliderView: NumberSlider,
  FloatSliderView: NumberSlider,
  FloatLogSliderView: LogSlider,
  IntRangeSliderView: RangeSlider,
  FloatRangeSliderView: RangeSlider,
  SelectionSliderView: SelectionSlider,
  SelectionRangeSliderView: SelectionRangeSlider,
  TextView: TextField,
  PasswordView: TextField,
  TextareaView: TextareaField,
  IntTextView: NumberField,
  FloatTextView: NumberField,
  ComboboxView: Combobox,
  CheckboxView: Checkbox,
  ToggleButtonView: ToggleButton,
  ButtonView: ButtonControl,
  ValidView: Valid,
  DropdownView: Dropdown,
  SelectView: SelectList,
  SelectMultipleView: SelectList,
  RadioButtonsView: RadioButtons,
  ToggleButtonsView: ToggleButtons,
  DatePickerView: DatePicker,
  TimeView: TimePicker,
  DatetimeView: DatetimePicker,
  NaiveDatetimeView: DatetimePicker,
  ColorPickerView: ColourPicker,
  FileUploadView: FileUpload,
  ProgressView: Progress,
  LabelView: LabelText,
  HTMLView: HtmlText,
  HTMLMathView: HtmlText,
  ImageView: ImageShown,
  AudioView: MediaShown,
  VideoView: MediaShown,
  PlayView: Play,
  ControllerView: Controller,
  TagsInputView: Tags,
  ColorsInputView: Tags,
  IntsInputView: Tags,
  FloatsInputView: Tags,
  BoxView: Box,
  HBoxView: Box,
  VBoxView: Box,
  GridBoxView: Box,
  AccordionView: Accordion,
  TabView: Tabs,
  StackView: Stack,
  OutputView: OutputShown,
};

const Depth = createContext(0);

export function WidgetView({ id }: { readonly id: ModelId }) {
  const { store } = usePlace();
  const depth = useContext(Depth);
  const found = store.find(id).value;
  if (depth > DEEPEST) return <Note text={widgetsText.tooDeep} />;
  switch (found.at) {
    case "loading":
      return <Note text={widgetsText.loading} />;
    case "unknown":
      return <Note text={widgetsText.gone} />;
    case "closed":
      return null;
    case "here":
      return (
        <Depth.Provider value={depth + 1}>
          <ModelView key={id} model={found.model} />
        </Depth.Provider>
      );
  }
}

function ModelView({ model }: { readonly model: WidgetModel }) {
  const state = model.state.value;
  const module = textIn(state, "_view_module");
  const View = CORE.has(module) ? VIEWS[textIn(state, "_view_name")] : module === "" ? undefined : ForeignWidget;
  return (
    <ErrorBoundary of={state} text={() => JSON.stringify(state, null, 2)}>
      {View !== undefined ? (
        <View model={model} />
      ) : (
        <Note text={module === "" ? widgetsText.noView : widgetsText.missing(module)} />
      )}
    </ErrorBoundary>
  );
}

export function Note({ text }: { readonly text: string }) {
  return <p class={styles.note}>{text}</p>;
}
