import { changeQuery, useAddress } from "../address.ts";
import { formatCount, formatDecimal, formatPercent } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { useBoard } from "./boardContext.ts";
import type { DiagnosticsAnswer } from "./codebookAnswers.ts";
import { PanelFrame } from "./PanelFrame.tsx";
import { phraseFieldId } from "./partIds.ts";
import { ScoringTable } from "./ScoringTable.tsx";
import { TemplateTable } from "./TemplateTable.tsx";
import type { ShownDiagnostics } from "./useDiagnostics.ts";

/** How the run's codebook works on its images: what is weak, what the scoring decides, what the wording decides. */
export function DiagnosticsPanel({
  runId,
  diagnostics: { answer },
}: {
  readonly runId: number | undefined;
  readonly diagnostics: ShownDiagnostics;
}) {
  const { value } = answer;
  const found = value?.runId === runId ? value : undefined;
  return (
    <PanelFrame panel="diagnostics" heading="Diagnostics">
      {runId === undefined ? (
        <p>They come with the first run.</p>
      ) : (
        <p class="soft">
          How the codebook of run {runId} works on its images. What is edited on the board counts after the
          next run.
        </p>
      )}
      {answer.state === "failed" && <Failure error={answer.error} />}
      <p role="status" class={found === undefined ? undefined : "unseen"}>
        {runId !== undefined &&
        answer.state !== "failed" &&
        (found === undefined || answer.state === "waiting")
          ? "Diagnosing the run …"
          : ""}
      </p>
      {found !== undefined && (
        <>
          <SampleChoice found={found} />
          <h3>Worth a look</h3>
          <WeakPoints found={found} />
          <h3>Scoring rules</h3>
          <ScoringTable found={found} />
          <h3>Prompt stability</h3>
          <TemplateTable templates={found.templates} />
        </>
      )}
    </PanelFrame>
  );
}

function SampleChoice({ found: { gold, samples } }: { readonly found: DiagnosticsAnswer }) {
  const { query } = useAddress();
  const chosen = query.get("sample") ?? "";
  const isListed = chosen === "" || samples.some(({ name }) => name === chosen);
  return (
    <>
      {samples.length > 0 && (
        <p class="sample-choice">
          <label for="diagnostics-sample">Judged by the coded images of</label>{" "}
          <select
            id="diagnostics-sample"
            value={chosen}
            onChange={(event) => changeQuery({ sample: event.currentTarget.value || undefined })}
          >
            <option value="">the newest pilot or reliability sample</option>
            {!isListed && <option value={chosen}>{chosen}</option>}
            {samples.map(({ name, purpose }) => (
              <option key={name} value={name}>
                {name} ({purpose})
              </option>
            ))}
          </select>
        </p>
      )}
      {"why" in gold ? (
        <p class="small">
          <span dir="auto">No gold figures: {gold.why}.</span>
        </p>
      ) : (
        <p class="small" dir="auto">
          {formatCount(gold.units)} coded images of {gold.sample}, by {gold.rule}: accuracy{" "}
          {formatPercent(gold.quality.accuracy)}, macro-F1{" "}
          {gold.quality.macroF1.value === undefined ? "–" : formatDecimal(gold.quality.macroF1.value)} over{" "}
          {gold.quality.macroF1.defined} of {gold.quality.macroF1.of} categories, design-weighted.{" "}
          {gold.uncoveredStrata > 0 && `Nothing is coded in ${gold.uncoveredStrata} strata. `}
          <span class="soft">
            Every look is noted in the study. Phrases that are tuned on these images need others for the test.
          </span>
        </p>
      )}
    </>
  );
}

function WeakPoints({ found: { weakPoints, phrases } }: { readonly found: DiagnosticsAnswer }) {
  const board = useBoard();
  if (weakPoints.length === 0) return <p>Nothing stands out as weak.</p>;
  const categoryOf = (text: string) =>
    board.draft().categories.find((category) => category.phrases.some((phrase) => phrase.text === text));
  return (
    <ol class="weak-points">
      {weakPoints.map(({ kind, phrase, what, advice }) => {
        const text = phrase === undefined ? undefined : phrases[phrase]?.text;
        return (
          <li key={`${kind} ${phrase}`}>
            <span dir="auto">{what}</span>.{" "}
            <span class="soft">{`${advice.charAt(0).toUpperCase()}${advice.slice(1)}`}.</span>{" "}
            {text !== undefined && (
              <button
                type="button"
                class="plain"
                aria-label={`Show on the board: ${text}`}
                onClick={() => {
                  const category = categoryOf(text);
                  const key = category?.phrases.find((own) => own.text === text)?.key;
                  if (category === undefined || key === undefined) {
                    board.announce("The phrase is not on the board any more.");
                    return;
                  }
                  board.unfold(category.key);
                  board.focusLater(phraseFieldId(key));
                }}
              >
                Show
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
