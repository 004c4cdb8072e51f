import { hrefOf } from "../address.ts";
import { formatDay } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import type { SampleAnswer, SamplesAnswer } from "./resultsAnswers.ts";

/** A sealed sample before it is opened: what that means, or what has to be done first. */
export function SealedNotice(props: {
  readonly sample: SampleAnswer;
  readonly freeze: SamplesAnswer["freeze"];
  readonly runId: number;
  readonly open: () => void;
}) {
  const { sample, freeze, runId, open } = props;
  const openings = sample.openings === 1 ? "once" : `${sample.openings} times`;
  return (
    <section class="sealed" aria-labelledby="sealed-heading">
      <h2 id="sealed-heading">
        The sample <bdi>{sample.name}</bdi> is sealed
      </h2>
      {freeze === null ? (
        <>
          <p>
            Its results are shown only after the codebook is frozen, so that nobody can fit the phrases to
            them. When nothing of codebook, model and settings will change any more, freeze it on the{" "}
            <Link href={hrefOf("/sample")}>sample’s screen</Link> or with <code>clipbook freeze</code>, and
            reload this page.
          </p>
          <p class="soft">Until then, people can code it; nothing of its results is lost.</p>
        </>
      ) : (
        <>
          <p>
            The codebook was frozen on {formatDay(freeze.frozenAt)} with run {freeze.runId}.{" "}
            {sample.openings === 0
              ? "Nobody has looked at the results yet."
              : `Its results were opened ${openings} so far.`}{" "}
            Every opening is counted, also when other figures than before are asked for, and the report says
            how many there were: a result that was looked at again and again while the codebook changed would
            not be a test.
          </p>
          <button type="button" class="primary" onClick={open}>
            Open the results of run {runId}
          </button>
        </>
      )}
    </section>
  );
}
