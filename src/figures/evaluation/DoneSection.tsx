import type { ComponentChildren } from "preact";
import type { Evaluation } from "../../validation/evaluation.ts";
import { useNumberFormat } from "./numberFormat.ts";

/** What was done: the run, the sample, its design, the coders, the rule for true categories, nonresponse, seal and freezes. */
export function DoneSection({ evaluation }: { readonly evaluation: Evaluation }) {
  const { run, sample, gold, reliability, target } = evaluation;
  const { count, percent } = useNumberFormat();
  return (
    <section id="done" aria-labelledby="done-heading">
      <h2 id="done-heading">What was done</h2>
      <p class="lead">
        People coded a random sample of the images
        {isBlind(evaluation) && " without seeing what the model had said"}. All figures below compare their
        codes with the model’s predictions, and tell what that means for all images.
      </p>
      <dl class="settings">
        <Setting label="Run">
          {run.id}, {run.model} ({run.modelSource}, {run.precision}), {count(run.phraseCount)} phrases
          {!run.isSampledRun &&
            (sample.design.spec.kind === "simple"
              ? "; the sample was drawn from another run"
              : "; the sample was drawn by another run’s predictions")}
        </Setting>
        <Setting label="Sample">
          <bdi>{sample.name}</bdi> ({sample.purpose}): {count(sample.size)} of{" "}
          {count(sample.design.frameSize)} distinct images, {sample.designText}; seed {sample.seed}
        </Setting>
        <Setting label="Inclusion probabilities">
          {percent(sample.leastProbability)} to {percent(sample.greatestProbability)}
        </Setting>
        <Setting label="Left out of the drawing">{leftText(evaluation, count)}</Setting>
        <Setting label="Coders">
          {reliability.coders.length === 0 && "nobody yet"}
          {reliability.coders.map(({ name, coded, sources, medianSeconds }, index) => (
            <>
              {index > 0 && "; "}
              <bdi>{name}</bdi> {count(coded)}
              {medianSeconds !== undefined && ` (${medianSeconds.toFixed(1)} s each)`}
              {sources.csv + sources["label-studio"] > 0 &&
                `, ${count(sources.csv + sources["label-studio"])} of them outside of Clipbook`}
            </>
          ))}
        </Setting>
        <Setting label="True category">
          {gold.ruleText}; known for {count(gold.known)} {gold.known === 1 ? "image" : "images"}
          {gold.by.adjudication > 0 && `, ${count(gold.by.adjudication)} of them adjudicated`}
        </Setting>
        <Setting label="Without a true category">
          {count(gold.missing.uncodable)} uncodable, {count(gold.missing.unsure)} unsure,{" "}
          {count(gold.missing.disagreement)} not agreed on, {count(gold.missing.uncoded)} not coded
        </Setting>
        <Setting label="Figures are about">
          {target === "collection"
            ? `the ${count(sample.design.frameSize)} images that could be drawn (with finite-population correction)`
            : "the process that the images came from (without finite-population correction)"}
        </Setting>
        <FreezeSetting evaluation={evaluation} />
      </dl>
      <details class="more">
        <summary>Images drawn and coded, by stratum</summary>
        <StratumTable evaluation={evaluation} />
      </details>
    </section>
  );
}

function FreezeSetting({ evaluation: { sample, run } }: { readonly evaluation: Evaluation }) {
  const { count, day } = useNumberFormat();
  const { freezes, openings, isSealed } = sample;
  return (
    <Setting label="Seal">
      {isSealed ? "sealed until the codebook was frozen" : "not sealed"}; results opened {count(openings)}{" "}
      {openings === 1 ? "time" : "times"}
      {freezes.length === 0
        ? "; the codebook was never frozen"
        : freezes.map(({ sha256, frozenAt, runId }) => (
            <>
              ; frozen {day(frozenAt)} (run {runId}, <code>{sha256.slice(0, 12)}</code>
              {sha256 === run.digest ? ", what is evaluated here)" : ")"}
            </>
          ))}
    </Setting>
  );
}

function StratumTable({ evaluation: { gold } }: { readonly evaluation: Evaluation }) {
  const { count, percent } = useNumberFormat();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Stratum</th>
          <th scope="col">Images</th>
          <th scope="col">Drawn</th>
          <th scope="col">With a true category</th>
        </tr>
      </thead>
      <tbody>
        {gold.strata.map(({ label, size, drawn, known }) => (
          <tr>
            <th scope="row">
              <bdi>{label}</bdi>
            </th>
            <td>{count(size)}</td>
            <td>{count(drawn)}</td>
            <td>
              {count(known)}
              {drawn > 0 && ` (${percent(known / drawn)})`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Setting({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Whether Clipbook itself showed the images to all who coded them. */
function isBlind({ reliability: { coders } }: Evaluation): boolean {
  return coders.every(({ sources }) => sources.csv + sources["label-studio"] === 0);
}

function leftText({ sample }: Evaluation, count: (value: number) => string): string {
  const { failedUnits, doubledUnits, inSamples, reviewed, examples } = sample.design.left;
  const parts = [
    [failedUnits, "unreadable"],
    [doubledUnits, "shown by another unit"],
    [inSamples, "of earlier samples"],
    [reviewed, "seen in a review"],
    [examples, "examples of the codebook"],
  ] as const;
  const present = parts.filter(([many]) => many > 0).map(([many, what]) => `${count(many)} ${what}`);
  return present.length === 0 ? "nothing" : present.join(", ");
}
