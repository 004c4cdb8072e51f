import { changeQuery } from "../address.ts";
import { formatCount, formatDay } from "../format.ts";
import type { ScreenProps } from "../shell/screenProps.ts";
import type { SampleAnswer } from "./resultsAnswers.ts";
import type { ResultsChoice } from "./resultsChoice.ts";

/** Which sample, what counts as true, what the figures are about, by which column, and compared with which run. All of it stands in the address. */
export function ResultsChooser({
  samples,
  sample,
  choice,
  runs,
  runId,
}: {
  readonly samples: readonly SampleAnswer[];
  readonly sample: SampleAnswer;
  readonly choice: ResultsChoice;
  readonly runs: ScreenProps["study"]["runs"];
  /** The run whose results are shown. */
  readonly runId: number;
}) {
  const { gold, coder, target, by, compare } = choice;
  const others = runs.filter(({ id }) => id !== runId);
  return (
    <form class="results-choice" aria-label="What is shown" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>Sample</span>
        <select
          value={String(sample.id)}
          onChange={({ currentTarget }) =>
            changeQuery({ sample: currentTarget.value, coder: undefined, gold: undefined, cell: undefined })
          }
        >
          {samples.map(({ id, name, purpose, size }) => (
            <option key={id} value={String(id)}>
              {`${name} (${purpose}, ${formatCount(size)} images)`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>What counts as true</span>
        <select
          value={gold === "coder" ? `coder ${coder ?? ""}` : (gold ?? "")}
          onChange={({ currentTarget: { value } }) =>
            changeQuery(
              value.startsWith("coder ")
                ? { gold: "coder", coder: value.slice("coder ".length), cell: undefined }
                : { gold: value, coder: undefined, cell: undefined },
            )
          }
        >
          <option value="">As usual (adjudicated, if any is)</option>
          <option value="majority">Most coders’ category</option>
          <option value="adjudicated">Adjudicated, else most coders</option>
          {sample.coders.map((name) => (
            <option key={name} value={`coder ${name}`}>
              {`What ${name} said`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Figures are about</span>
        <select
          value={target}
          onChange={({ currentTarget: { value } }) =>
            changeQuery({ target: value === "collection" ? undefined : value })
          }
        >
          <option value="collection">this collection</option>
          <option value="process">the process behind it</option>
        </select>
      </label>
      <label>
        <span>By column of your table</span>
        <input
          dir="auto"
          defaultValue={by}
          maxLength={500}
          placeholder="none"
          onChange={({ currentTarget: { value } }) =>
            changeQuery({ by: value.trim() === "" ? undefined : value.trim() })
          }
        />
      </label>
      <label>
        <span>Compared with</span>
        <select
          value={compare === undefined || compare === runId ? "" : String(compare)}
          disabled={others.length === 0}
          onChange={({ currentTarget: { value } }) =>
            changeQuery({ compare: value === "" ? undefined : value })
          }
        >
          <option value="">{others.length === 0 ? "no other run" : "nothing"}</option>
          {others.map(({ id, startedAt, modelName, scoring }) => (
            <option key={id} value={String(id)}>
              {`Run ${id}, ${formatDay(startedAt)}, ${modelName}, ${scoring}`}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
