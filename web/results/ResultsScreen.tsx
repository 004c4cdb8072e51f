import { useState } from "preact/hooks";
import { hrefOf, useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import type { ScreenProps } from "../shell/screenProps.ts";
import { useAnswer } from "../useAnswer.ts";
import { Results } from "./Results.tsx";
import { ResultsChooser } from "./ResultsChooser.tsx";
import { resultsChoiceOf } from "./resultsChoice.ts";
import { SealedNotice } from "./SealedNotice.tsx";
import "virtual:evaluation.css";
import "./results.css";

/** What a coded sample says of a run's predictions. */
export function ResultsScreen({ study, runId }: ScreenProps) {
  const { query } = useAddress();
  const asked = useAnswer((signal) => answer(api.evaluation.samples.$get({}, { init: { signal } })), []);
  /** Sealed samples that were opened here: a reload asks again, because it may count again. */
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  if (asked.state === "failed") return <Failure error={asked.error} />;
  if (asked.value === undefined) return <p class="waiting">Looking for samples …</p>;
  const { samples, freeze } = asked.value;
  if (samples.length === 0 || runId === undefined) {
    return (
      <section class="empty-state">
        <h1>There are no results yet</h1>
        <p>
          Results come from a sample of images that people code without seeing the predictions, and no sample
          was drawn yet. <Link href={hrefOf("/sample")}>Draw one</Link>, or run <code>clipbook sample</code>.
        </p>
        {runId === undefined && (
          <p>
            Before that, <Link href={hrefOf("/indexing")}>add images</Link>.
          </p>
        )}
      </section>
    );
  }
  const choice = resultsChoiceOf(query);
  const sample =
    samples.find(({ id }) => id === choice.sampleId) ??
    samples.findLast(({ purpose }) => purpose === "test") ??
    samples.at(-1);
  if (sample === undefined) return null;
  const key = `${sample.id} ${runId}`;
  return (
    <div class="results">
      <h1>Results</h1>
      <ResultsChooser samples={samples} sample={sample} choice={choice} runs={study.runs} runId={runId} />
      {sample.isSealed && !opened.has(key) ? (
        <SealedNotice
          sample={sample}
          freeze={freeze}
          runId={runId}
          open={() => setOpened(new Set([...opened, key]))}
        />
      ) : (
        <Results key={key} sample={sample} runId={runId} choice={choice} />
      )}
    </div>
  );
}
