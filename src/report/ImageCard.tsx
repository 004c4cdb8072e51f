import { formatPercent } from "./formatNumbers.ts";
import { LongText } from "./LongText.tsx";
import type { OverviewImage } from "./overview.ts";
import { ProbabilityMeter } from "./ProbabilityMeter.tsx";
import { ThumbnailImage } from "./ThumbnailImage.tsx";
import { VerdictMark } from "./VerdictMark.tsx";

/** One sampled image under its category: picture, probability, winning phrase, runner-up, file name. */
export function ImageCard({ image }: { readonly image: OverviewImage }) {
  const { name, phrase, probability, runnerUp } = image;
  return (
    <li>
      <ThumbnailImage {...image} />
      <div>
        <ProbabilityMeter probability={probability} runnerUp={runnerUp?.probability} />
        <div class="won">
          <b>{formatPercent(probability)}</b> <LongText text={phrase} limit={120} />
        </div>
        {runnerUp && (
          <div class="next">
            then {formatPercent(runnerUp.probability)} <LongText text={runnerUp.category} limit={60} />
          </div>
        )}
        <VerdictMark verdict={image.verdict} />
        <div class="name">
          <LongText text={name} limit={48} keepEnd />
        </div>
      </div>
    </li>
  );
}
