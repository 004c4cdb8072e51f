import { formatBytes } from "../format.ts";
import type { FormValues, IndexingDefaults } from "./formValues.ts";

/** Which model looks at the pictures: a registered one, with what it is good for, or a folder. */
export function ModelChoice({
  values,
  models,
  change,
}: {
  readonly values: FormValues;
  readonly models: IndexingDefaults["models"];
  readonly change: (changes: Partial<FormValues>) => void;
}) {
  const chosen = models.find(({ id }) => id === values.model);
  return (
    <>
      <div class="field">
        <label for="model">Model</label>
        <select
          id="model"
          value={values.model}
          aria-describedby="model-hint"
          // Another model was trained with another view.
          onChange={(event) => change({ model: event.currentTarget.value, view: "" })}
        >
          {models.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
          <option value="">A folder with a model …</option>
        </select>
        <p id="model-hint" class="hint">
          {chosen === undefined
            ? "A folder in the Hub's ONNX layout: config.json, preprocessor_config.json, tokenizer.json, onnx/."
            : describeModel(chosen)}
        </p>
        {chosen?.caveat !== undefined && <p class="hint caveat">Mind: {chosen.caveat}.</p>}
      </div>
      {chosen === undefined && (
        <div class="field">
          <label for="model-folder">Folder of the model</label>
          <input
            id="model-folder"
            type="text"
            required
            dir="auto"
            autocomplete="off"
            spellcheck={false}
            value={values.modelFolder}
            onInput={(event) => change({ modelFolder: event.currentTarget.value, view: "" })}
          />
        </div>
      )}
    </>
  );
}

function describeModel({
  goodFor,
  licence,
  presence,
  bytes,
  isWholeSize,
}: IndexingDefaults["models"][number]): string {
  const size = bytes === 0 ? "size unknown" : `${isWholeSize ? "" : "over "}${formatBytes(bytes)}`;
  const place = {
    here: "It is on this machine.",
    partly: `The rest of it will be fetched first (${size} in all).`,
    missing: `It will be fetched first (${size}).`,
  }[presence];
  return `For ${goodFor}. ${place} Licence ${licence}.`;
}
