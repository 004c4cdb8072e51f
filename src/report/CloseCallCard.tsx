import { shortenText } from "../figures/shortenText.ts";
import { formatPercent, formatPoints } from "./formatNumbers.ts";
import { LongText } from "./LongText.tsx";
import type { OverviewImage } from "./overview.ts";
import { ProbabilityMeter } from "./ProbabilityMeter.tsx";
import { ThumbnailImage } from "./ThumbnailImage.tsx";
import { VerdictMark } from "./VerdictMark.tsx";

/** An image that nearly went elsewhere: both categories with their phrases, one under the other. */
export function CloseCallCard(props: {
  readonly image: OverviewImage;
  readonly anchors: ReadonlyMap<string, string>;
}) {
  const { image, anchors } = props;
  const answers = [image, image.runnerUp].filter((answer) => answer !== undefined);
  return (
    <li>
      <ThumbnailImage {...image} />
      <div>
        {answers.map(({ category, phrase, probability }) => (
          <div class="answer">
            <div class="won">
              <b>{formatPercent(probability)}</b>{" "}
              <a href={`#${anchors.get(category) ?? "categories"}`}>
                <bdi>{shortenText(category, 80)}</bdi>
              </a>
            </div>
            <ProbabilityMeter probability={probability} />
            <div class="next">
              <LongText text={phrase} limit={160} />
            </div>
          </div>
        ))}
        <VerdictMark verdict={image.verdict} />
        <div class="name">
          <LongText text={image.name} limit={40} keepEnd />
          {image.margin !== undefined && <span>{formatPoints(image.margin)} apart</span>}
        </div>
      </div>
    </li>
  );
}
