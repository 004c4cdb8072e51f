import { useState } from "preact/hooks";
import { answer, api } from "../api.ts";
import { Failure } from "../shell/Failure.tsx";
import { Field, NumberField } from "./DesignFields.tsx";
import { maybeShare } from "./designAddress.ts";
import type { DrawnNews, ListedSample } from "./sampleAnswers.ts";

/** A training round: where the right answers come from, and how many of them pass. */
export function TrainingForm({
  runId,
  name,
  samples,
  onDrawn,
}: {
  readonly runId: number;
  readonly name: string;
  readonly samples: readonly ListedSample[];
  readonly onDrawn: (sample: ListedSample, told: DrawnNews) => void;
}) {
  const sources = samples.filter(({ purpose }) => purpose === "pilot" || purpose === "reliability");
  const [from, setFrom] = useState("");
  const [size, setSize] = useState("");
  const [mark, setMark] = useState("80");
  const [failure, setFailure] = useState<Error>();
  const passMark = maybeShare(mark);
  const make = async () => {
    setFailure(undefined);
    try {
      const source = sources.find(({ id }) => String(id) === from)?.name ?? null;
      const json = {
        runId,
        name,
        from: source,
        passMark: passMark ?? 1,
        seed: 1,
        ...(size !== "" && { size: Number(size) }),
      };
      const { sample, overlaps, unusable } = await answer(api.samples.training.$post({ json }));
      onDrawn(sample, { overlaps, unusable });
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <>
      <Field
        label="Right answers"
        hint="Coders see after each image whether they were right. Nothing is estimated from a training round."
      >
        {(hintId) => (
          <select
            aria-label="Right answers"
            aria-describedby={hintId}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          >
            <option value="">The codebook’s examples</option>
            {sources.map((source) => (
              <option key={source.id} value={String(source.id)}>
                {`What the coders of ${source.name} decided`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="field-row">
        <label class="field">
          <span class="label">Images</span>
          <input
            type="number"
            min={1}
            step={1}
            placeholder="all"
            value={size}
            onInput={(event) => setSize(event.currentTarget.value)}
          />
        </label>
        <NumberField label="Pass mark, in %" value={mark} least={1} most={100} onInput={setMark} />
      </div>
      {failure !== undefined && <Failure error={failure} />}
      <button
        type="button"
        class="primary"
        onClick={(event) => {
          if (event.currentTarget.form?.reportValidity() && passMark !== undefined) void make();
        }}
      >
        Make the training round
      </button>
    </>
  );
}
