import type { SampleExclusions } from "../../src/validation/sampleSpec.ts";
import { formatCount } from "../format.ts";
import type { ListedSample } from "./sampleAnswers.ts";

/** What is not drawn: images that people have looked at while the codebook was made say too well how good it is. */
export function ExclusionFields({
  exclusions,
  samples,
  onChange,
}: {
  readonly exclusions: SampleExclusions;
  readonly samples: readonly ListedSample[];
  readonly onChange: (exclusions: SampleExclusions) => void;
}) {
  return (
    <fieldset class="exclusions">
      <legend>Leave out</legend>
      <Check
        checked={exclusions.reviewed}
        onChange={(reviewed) => onChange({ ...exclusions, reviewed })}
        label="What was judged in a review"
      />
      <Check
        checked={exclusions.examples}
        onChange={(examples) => onChange({ ...exclusions, examples })}
        label="The codebook’s examples"
      />
      {samples.map(({ id, name, purpose, size }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={exclusions.samples.includes(name)}
            onChange={(event) =>
              onChange({
                ...exclusions,
                samples: event.currentTarget.checked
                  ? [...exclusions.samples, name]
                  : exclusions.samples.filter((other) => other !== name),
              })
            }
          />
          <span>
            Sample <bdi>{name}</bdi>{" "}
            <span class="soft">
              ({purpose}, {formatCount(size)} images)
            </span>
          </span>
        </label>
      ))}
      <small class="soft">
        Phrases were fitted to images that you looked at. A test on them would look better than it is.
      </small>
    </fieldset>
  );
}

/** A box to tick, and its words. */
export function Check({
  checked,
  label,
  onChange,
}: {
  readonly checked: boolean;
  readonly label: string;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
