import { useEffect, useState } from "preact/hooks";
import {
  type SampleExclusions,
  type SamplePurpose,
  samplePurposes,
} from "../../src/validation/sampleSpec.ts";
import { changeQuery, useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount, formatPoints } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { useAnswer } from "../useAnswer.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { DesignFields, Field } from "./DesignFields.tsx";
import { designTextsOf, maybeDesign } from "./designAddress.ts";
import { Check, ExclusionFields } from "./ExclusionFields.tsx";
import { PlanView } from "./PlanView.tsx";
import type { DrawnNews, ListedSample } from "./sampleAnswers.ts";
import { TrainingForm } from "./TrainingForm.tsx";

const purposeWords: Readonly<Record<SamplePurpose, string>> = {
  test: "Test: what you will publish",
  reliability: "Reliability: do coders agree?",
  pilot: "Pilot: to improve phrases and instructions",
  training: "Training: a quiz with known answers",
};

/** Whoever types on does so within this time. */
const typingPauseMs = 200;

/** What to draw, with what it would tell as it is typed. */
export function SampleForm({
  runId,
  samples,
  onDrawn,
}: {
  readonly runId: number;
  readonly samples: readonly ListedSample[];
  readonly onDrawn: (sample: ListedSample, told: DrawnNews) => void;
}) {
  const { query } = useAddress();
  const texts = designTextsOf(query);
  const { purpose } = texts;
  const [typedName, setName] = useState<string>();
  const [wantsSeal, setWantsSeal] = useState(true);
  const [isAsking, setIsAsking] = useState(false);
  const [exclusions, setExclusions] = useState<SampleExclusions>(() => ({
    samples: samples.filter(({ purpose: of }) => of === "pilot" || of === "training").map(({ name }) => name),
    reviewed: true,
    examples: true,
  }));
  const name = typedName ?? freeName(purpose, samples);
  const wanted = maybeDesign(texts);
  const key = JSON.stringify([runId, purpose, wanted, exclusions]);
  const asked = useAnswer(
    async (signal) => {
      if (wanted === undefined || purpose === "training") return undefined;
      // Half a number is no question: 1 on the way to 120 would be answered with an error.
      await new Promise((resolve) => setTimeout(resolve, typingPauseMs));
      const { design, assumedPrecision } = wanted;
      const json = { runId, purpose, design, assumedPrecision, exclusions };
      return answer(api.samples.plan.$post({ json }, { init: { signal } }));
    },
    [key],
  );
  const plan = asked.value;
  const isReady = asked.state === "here" && plan !== undefined && wanted !== undefined && name.trim() !== "";
  const mayDraw = wanted !== undefined && asked.state !== "failed" && name.trim() !== "";
  useEffect(() => {
    if (asked.state === "failed") setIsAsking(false);
  }, [asked.state]);
  const isSealed = purpose === "test" && wantsSeal;
  const isChance = plan?.design.kind === "uncertainty";

  const draw = async () => {
    if (wanted === undefined || purpose === "training") return;
    const json = { runId, name, purpose, design: wanted.design, seed: wanted.seed, isSealed, exclusions };
    const { sample, overlaps } = await answer(api.samples.$post({ json }));
    setIsAsking(false);
    setName(undefined);
    onDrawn(sample, { overlaps, unusable: [] });
  };

  return (
    <section class="draw" aria-labelledby="draw-heading">
      <h2 id="draw-heading">Draw a sample</h2>
      <div class="draw-columns">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // The plan may still be on its way.
            if (mayDraw) setIsAsking(true);
          }}
        >
          <Field label="What for">
            {() => (
              <select
                aria-label="What for"
                value={purpose}
                onChange={(event) => {
                  // What was chosen for another purpose suits this one by chance only.
                  const changes = { design: undefined, size: undefined, floor: undefined, least: undefined };
                  changeQuery({ ...changes, purpose: event.currentTarget.value }, { replace: true });
                }}
              >
                {samplePurposes.toReversed().map((known) => (
                  <option key={known} value={known}>
                    {purposeWords[known]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <label class="field">
            <span class="label">Name</span>
            <input
              value={name}
              required
              pattern=".*\S.*"
              maxLength={80}
              dir="auto"
              autocomplete="off"
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          {purpose === "training" ? (
            <TrainingForm runId={runId} name={name} samples={samples} onDrawn={onDrawn} />
          ) : (
            <>
              <DesignFields
                texts={texts}
                plan={plan}
                change={(changes) => changeQuery(changes, { replace: true })}
              />
              <ExclusionFields exclusions={exclusions} samples={samples} onChange={setExclusions} />
              {purpose === "test" && (
                <fieldset class="exclusions">
                  <legend>Seal</legend>
                  <Check
                    checked={wantsSeal}
                    onChange={setWantsSeal}
                    label="Show no results of it before the codebook is frozen"
                  />
                </fieldset>
              )}
              <button type="submit" class="primary" aria-disabled={!mayDraw}>
                Draw …
              </button>
            </>
          )}
        </form>
        {purpose !== "training" && (
          <div class="plan" data-state={asked.state}>
            {wanted === undefined ? (
              <p class="soft">Fill in whole numbers to see what the sample would tell.</p>
            ) : (
              <>
                {asked.state === "failed" && <Failure error={asked.error} />}
                {plan !== undefined && (
                  // What is not true any more is not shown, but keeps its place: nothing below jumps.
                  <div class={asked.state === "failed" ? "outdated" : ""}>
                    <PlanView plan={plan} />
                  </div>
                )}
              </>
            )}
            <p class="unseen" role="status">
              {isReady &&
                `${formatCount(plan.design.size)} images: accuracy ${spoken(plan.expected.accuracy)}, macro-F1 ${spoken(plan.expected.macroF1)}`}
            </p>
          </div>
        )}
      </div>
      {isAsking && isReady && (
        <ConfirmDialog
          heading={`Draw ${isChance ? "about " : ""}${formatCount(plan.design.size)} images?`}
          action="Draw the sample"
          onConfirm={draw}
          onClose={() => setIsAsking(false)}
        >
          <p>
            As <bdi>{name}</bdi>, from run {runId}, {plan.designText}. This is final: the images, their
            probabilities and the categories to choose from stay as they are now. Coders can be added at any
            time.
          </p>
          {isSealed && (
            <p>It is sealed: nobody sees what it says of the predictions before the codebook is frozen.</p>
          )}
        </ConfirmDialog>
      )}
    </section>
  );
}

/** The purpose, or the purpose with the first number that no sample has. */
function freeName(purpose: SamplePurpose, samples: readonly ListedSample[]): string {
  const names = new Set(samples.map(({ name }) => name));
  if (!names.has(purpose)) return purpose;
  let number = 2;
  while (names.has(`${purpose} ${number}`)) number += 1;
  return `${purpose} ${number}`;
}

function spoken(metric: { readonly halfWidth: number } | undefined): string {
  return metric === undefined ? "cannot be told" : `plus or minus ${formatPoints(metric.halfWidth)} points`;
}
