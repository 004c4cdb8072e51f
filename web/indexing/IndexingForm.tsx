import { useState } from "preact/hooks";
import type { ErrorBody } from "../../src/server/describeError.ts";
import { FormError } from "./FormError.tsx";
import {
  type FormValues,
  type IndexingDefaults,
  type IndexingRequest,
  requestOf,
  valuesOf,
} from "./formValues.ts";
import type { IndexingAnswer } from "./indexingFeed.ts";
import { ModelChoice } from "./ModelChoice.tsx";
import { MoreSettings } from "./MoreSettings.tsx";
import { FurtherWorker } from "./QueuePanel.tsx";

/** What was filled in, also when the user has been to another screen meanwhile. */
let remembered: FormValues | undefined;

/** What to look at, and with which model. */
export function IndexingForm({
  defaults,
  lastSpec,
  queue,
  hasRuns,
  isStarting,
  error,
  start,
}: {
  readonly defaults: IndexingDefaults;
  /** What the last job was told: one that was stopped is mostly started again. */
  readonly lastSpec: IndexingDefaults["spec"] | undefined;
  readonly queue: IndexingAnswer["queue"];
  readonly hasRuns: boolean;
  readonly isStarting: boolean;
  readonly error: ErrorBody | undefined;
  readonly start: (request: IndexingRequest) => void;
}) {
  const [values, setValues] = useState(
    () => remembered ?? valuesOf({ ...defaults, spec: lastSpec ?? defaults.spec }),
  );
  const change = (changes: Partial<FormValues>) => {
    remembered = { ...values, ...changes };
    setValues(remembered);
  };
  return (
    <form
      class="indexing-form"
      onSubmit={(event) => {
        event.preventDefault();
        start(requestOf(values));
      }}
    >
      <div class="field">
        <label for="inputs">Pictures</label>
        <textarea
          id="inputs"
          rows={Math.min(10, Math.max(3, values.inputs.split("\n").length + 1))}
          required
          dir="auto"
          spellcheck={false}
          autocapitalize="off"
          placeholder={"pictures\n~/Downloads/posts.zip"}
          value={values.inputs}
          aria-describedby="inputs-hint"
          aria-invalid={error !== undefined}
          onInput={(event) => change({ inputs: event.currentTarget.value })}
        />
        <p id="inputs-hint" class="hint">
          One per line: a folder with all folders in it, an image file, a pattern such as{" "}
          <code>2024/*.jpg</code>, a .zip archive, or a single table (.csv .tsv .jsonl .parquet) whose rows
          name the images. Relative names count from <bdi class="folder">{defaults.folder}</bdi>
        </p>
        {hasRuns && (
          <p class="hint">
            A run covers everything that is named here, so leave the earlier lines if their pictures belong to
            it: those that the study knows cost next to nothing.
          </p>
        )}
      </div>
      <ModelChoice values={values} models={defaults.models} change={change} />
      <MoreSettings values={values} defaults={defaults} change={change} />
      {error !== undefined && <FormError body={error} />}
      <p class="form-end">
        <button type="submit" class="primary" disabled={isStarting}>
          Start
        </button>
        <span class="soft">
          {queue === undefined
            ? "Your pictures stay where they are: nothing is copied, moved or sent anywhere. "
            : "Workers read your pictures where they are: only their names and what the model makes of them go through the queue. "}
          You can pause at any time.
        </span>
      </p>
      {queue !== undefined && (
        <>
          <p class="small soft">
            Work goes through the queue at <bdi>{queue.address}</bdi>
            {queue.worksItself ? ", and this machine works, too." : "; this machine only hands it out."}
          </p>
          <FurtherWorker queue={queue} isOpen={!queue.worksItself} />
        </>
      )}
    </form>
  );
}
