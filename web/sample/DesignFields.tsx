import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { type DesignKind, type DesignTexts, designKinds, mostImages } from "./designAddress.ts";
import type { PlanAnswer } from "./sampleAnswers.ts";

const kindWords: Readonly<Record<DesignKind, string>> = {
  stratified: "Stratified by predicted category",
  split: "Stratified, each category in two halves",
  simple: "Simple random",
  uncertainty: "The uncertain more often",
};

const kindHints: Readonly<Record<DesignKind, string>> = {
  stratified:
    "A floor for each category, the rest in proportion: rare categories are there, and every weight is known.",
  split: "As stratified, and each category’s less and more probable half by itself.",
  simple: "Each image with the same probability. Agreement between coders is best told from such a sample.",
  uncertainty:
    "Each image by itself, with a probability that rises as the prediction’s falls, and is never below the least, a part of the mean (Poisson). How many are drawn is left to chance.",
};

/** The largest size that the slider goes to; more is typed. */
const mostOfSlider = 1000;

/** How images are drawn, and how many. */
export function DesignFields({
  texts,
  plan,
  change,
}: {
  readonly texts: DesignTexts;
  readonly plan: PlanAnswer | undefined;
  readonly change: (changes: Record<string, string>) => void;
}) {
  const { kind } = texts;
  const suggested = plan?.design;
  const frameSize = plan?.frameSize ?? mostOfSlider;
  const sliderEnd = Math.min(frameSize, mostOfSlider);
  return (
    <>
      <Field label="Design" hint={kindHints[kind]}>
        {(hintId) => (
          <select
            value={kind}
            onChange={(event) => change({ design: event.currentTarget.value })}
            aria-label="Design"
            aria-describedby={hintId}
          >
            {designKinds.map((name) => (
              <option key={name} value={name}>
                {kindWords[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="size-row">
        <NumberField
          label={kind === "uncertainty" ? "Images, expected" : "Images"}
          value={texts.size}
          placeholder={suggested?.size}
          isOptional
          least={1}
          onInput={(size) => change({ size })}
        />
        <input
          type="range"
          aria-label="Images, by slider"
          min={1}
          max={sliderEnd}
          value={texts.size === "" ? (suggested?.size ?? 1) : texts.size}
          onInput={(event) => change({ size: event.currentTarget.value })}
        />
      </div>
      <div class="field-row">
        {(kind === "stratified" || kind === "split") && (
          <NumberField
            label="Floor"
            value={texts.floor}
            placeholder={suggested?.kind === "stratified" ? suggested.floor : undefined}
            isOptional
            least={0}
            onInput={(floor) => change({ floor })}
          />
        )}
        {kind === "uncertainty" && (
          <NumberField
            label="Least, %"
            value={texts.least}
            placeholder={25}
            isOptional
            least={1}
            most={100}
            onInput={(least) => change({ least })}
          />
        )}
        <NumberField label="Seed" value={texts.seed} least={0} onInput={(seed) => change({ seed })} />
        <NumberField
          label="Assumed right, %"
          value={texts.right}
          least={1}
          most={100}
          onInput={(right) => change({ right })}
        />
      </div>
    </>
  );
}

/** A label over a control, and a line below it. */
export function Field({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  /** The control; it is described by the hint's element. */
  readonly children: (hintId: string | undefined) => ComponentChildren;
}) {
  const hintId = useId();
  return (
    <div class="field">
      <span class="label" aria-hidden="true">
        {label}
      </span>
      {children(hint === undefined ? undefined : hintId)}
      {hint !== undefined && (
        <small class="soft" id={hintId}>
          {hint}
        </small>
      )}
    </div>
  );
}

/** A whole number; what is suggested stands in it until something is typed. */
export function NumberField({
  label,
  value,
  placeholder,
  isOptional = false,
  least,
  most = mostImages,
  onInput,
}: {
  readonly label: string;
  readonly value: string;
  /** What is suggested, once it is known. */
  readonly placeholder?: number | undefined;
  /** Left empty, what is suggested is taken. */
  readonly isOptional?: boolean;
  readonly least: number;
  readonly most?: number;
  readonly onInput: (value: string) => void;
}) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <input
        type="number"
        min={least}
        max={most}
        step={1}
        required={!isOptional}
        {...(placeholder !== undefined && { placeholder: String(placeholder) })}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
