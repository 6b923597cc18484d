import { expect, test } from "vitest";
import { savedModels, seenModels, withSavedState } from "./savedState";
import { WidgetModel, type WidgetState } from "./widgetModel";

const TYPE = "application/vnd.jupyter.widget-state+json";
const model = (id: string, state: WidgetState) => new WidgetModel(id, state, true);
const slider = model("s", {
  _model_name: "IntSliderModel",
  _model_module: "@jupyter-widgets/controls",
  _model_module_version: "2.0.0",
  layout: "IPY_MODEL_l",
  value: 3,
});
const layout = model("l", { _model_name: "LayoutModel" });
const link = model("k", {
  _model_name: "LinkModel",
  source: ["IPY_MODEL_s", "value"],
  target: ["IPY_MODEL_t", "value"],
});
const other = model("t", { _model_name: "IntTextModel" });
const image = model("i", { _model_name: "ImageModel", value: new DataView(new Uint8Array([1, 2, 3]).buffer) });

test("state is written as Jupyter writes it, binary parts as base64, and is read again", () => {
  const metadata = withSavedState({ kernelspec: { name: "k" } }, [slider, image]);
  expect(metadata).toEqual({
    kernelspec: { name: "k" },
    widgets: {
      [TYPE]: {
        version_major: 2,
        version_minor: 0,
        state: {
          s: {
            model_name: "IntSliderModel",
            model_module: "@jupyter-widgets/controls",
            model_module_version: "2.0.0",
            state: slider.state.value,
          },
          i: {
            model_name: "ImageModel",
            model_module: "",
            model_module_version: "",
            state: { _model_name: "ImageModel" },
            buffers: [{ encoding: "base64", path: ["value"], data: "AQID" }],
          },
        },
      },
    },
  });
  const read = savedModels(metadata);
  expect(read.get("s")?.state.value).toMatchObject(slider.state.value);
  expect((read.get("i")?.state.value["value"] as DataView).getUint8(2)).toBe(3);
});

test("it is taken out again, and what others keep there stays", () => {
  const saved = withSavedState({ widgets: { other: 1 } }, [slider]);
  expect(withSavedState(saved, [])).toEqual({ widgets: { other: 1 } });
  expect(withSavedState(withSavedState({}, [slider]), [])).toEqual({});
});

test("only what is seen is kept: what outputs show, what that names, and links between these", () => {
  const box = model("b", { children: ["IPY_MODEL_s", "IPY_MODEL_b"] });
  const all = [layout, slider, link, other, image, box];
  const seen = (shown: string[]) => seenModels(all, shown).map(({ id }) => id);
  expect(seen(["s"])).toEqual(["l", "s"]);
  expect(seen(["b", "t", "gone"])).toEqual(["l", "s", "k", "t", "b"]);
  expect(seen(["i"])).toEqual(["i"]);
});
