import { useRef } from "preact/hooks";
import { type FormValues, hasUnusualSettings, type IndexingDefaults } from "./formValues.ts";

const precisionWords = {
  float32: "float32: as the model was published",
  int8: "int8: two to three times as fast on most processors, slightly different answers",
} as const;

const viewWords = {
  center: "center: the middle square of each picture",
  pad: "pad: the whole picture, with edges added",
  squash: "squash: the whole picture, pressed into a square",
} as const;

const scoringWords = {
  max: "max: the best phrase decides",
  sum: "sum: the probabilities of a category's phrases are added",
  mean: "mean: a category's phrases are averaged first",
} as const;

/** What most people leave as it is; open where it is not. */
export function MoreSettings({
  values,
  defaults,
  change,
}: {
  readonly values: FormValues;
  readonly defaults: Pick<IndexingDefaults, "precisions" | "views" | "scorings">;
  readonly change: (changes: Partial<FormValues>) => void;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const isOpen = useRef(hasUnusualSettings(values)).current;
  return (
    <details
      class="more-settings"
      ref={details}
      open={isOpen}
      // The browser cannot show what is wrong with a field that is folded away.
      onInvalidCapture={() => details.current?.setAttribute("open", "")}
    >
      <summary>More settings</summary>
      <div class="fields">
        <Choice
          id="precision"
          label="Precision"
          value={values.precision}
          options={defaults.precisions.map((name) => [name, precisionWords[name]])}
          onChange={(precision) => change({ precision })}
        />
        <Choice
          id="view"
          label="View"
          value={values.view}
          options={[
            ["", "As the model was trained"],
            ...defaults.views.map((name) => [name, viewWords[name]] as const),
          ]}
          onChange={(view) => change({ view })}
        />
        <Choice
          id="scoring"
          label="Scoring"
          value={values.scoring}
          options={defaults.scorings.map((name) => [name, scoringWords[name]])}
          onChange={(scoring) => change({ scoring })}
        />
        <div class="field">
          <label for="image-column">Column with the images, of a table</label>
          <input
            id="image-column"
            type="text"
            dir="auto"
            autocomplete="off"
            placeholder="found by its name or content"
            value={values.imageColumn}
            onInput={(event) => change({ imageColumn: event.currentTarget.value })}
          />
        </div>
        <Amount
          id="megapixels"
          label="Largest picture, in megapixels"
          placeholder="268"
          isPositive
          value={values.maxMegapixels}
          onInput={(maxMegapixels) => change({ maxMegapixels })}
        />
        <Amount
          id="logit-scale"
          label="Logit scale"
          placeholder="the model's own"
          isPositive
          value={values.logitScale}
          onInput={(logitScale) => change({ logitScale })}
        />
        <Amount
          id="logit-bias"
          label="Logit bias (SigLIP)"
          placeholder="the model's own"
          value={values.logitBias}
          onInput={(logitBias) => change({ logitBias })}
        />
        <div class="field check">
          <input
            id="truncate"
            type="checkbox"
            checked={values.truncate}
            onChange={(event) => change({ truncate: event.currentTarget.checked })}
          />
          <label for="truncate">Accept phrases longer than the model reads; their end is not read</label>
        </div>
        <div class="field check">
          <input
            id="follow-outside"
            type="checkbox"
            checked={values.followOutside}
            onChange={(event) => change({ followOutside: event.currentTarget.checked })}
          />
          <label for="follow-outside">Follow symbolic links that lead out of the folders named</label>
        </div>
      </div>
    </details>
  );
}

function Choice<Value extends string>({
  id,
  label,
  value,
  options,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as Value)}>
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Amount({
  id,
  label,
  placeholder,
  isPositive = false,
  value,
  onInput,
}: {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly isPositive?: boolean;
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        step="any"
        {...(isPositive && { min: "0.001" })}
        placeholder={placeholder}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}
