import { formatCount, formatTime } from "../format.ts";
import { CoderLinks } from "./CoderLinks.tsx";
import type { ListedSample } from "./sampleAnswers.ts";

/** The study's samples, the newest first: what each is, who codes it, who looked at its results. */
export function SampleList({
  samples,
  announce,
  onChange,
}: {
  readonly samples: readonly ListedSample[];
  readonly announce: (text: string) => void;
  readonly onChange: () => void;
}) {
  return (
    <section class="samples" aria-labelledby="samples-heading">
      <div class="section-head">
        <h2 id="samples-heading">Samples</h2>
        <button type="button" class="plain" onClick={onChange}>
          Ask again how far they are
        </button>
      </div>
      {samples.toReversed().map((sample) => (
        <article key={sample.id} aria-labelledby={`sample-${sample.id}`}>
          <h3 id={`sample-${sample.id}`} tabIndex={-1}>
            <bdi>{sample.name}</bdi> {sample.isSealed && <span class="seal">sealed</span>}
          </h3>
          <p class="soft small">
            {purposeWords[sample.purpose]}, {formatCount(sample.size)} images of run {sample.runId},{" "}
            {sample.designText}, seed {sample.seed}, drawn on {formatTime(sample.drawnAt)}.{" "}
            {openingsText(sample)}
          </p>
          <CoderLinks sample={sample} announce={announce} onChange={onChange} />
        </article>
      ))}
      {samples.some(({ coders }) => coders.length > 0) && (
        <p class="soft small">
          A link is its coder’s alone, and begins as the address of this page does. For coders at other
          machines start <code>clipbook serve --host 0.0.0.0</code> and open this page under the machine’s
          address in the network.
        </p>
      )}
    </section>
  );
}

const purposeWords: Readonly<Record<ListedSample["purpose"], string>> = {
  test: "Test",
  reliability: "Reliability",
  pilot: "Pilot",
  training: "Training round",
};

function openingsText({ openings }: ListedSample): string {
  if (openings.length === 0) return "Nobody has looked at its results.";
  return openings.length === 1
    ? "Its results were looked at once."
    : `Its results were looked at ${formatCount(openings.length)} times.`;
}
