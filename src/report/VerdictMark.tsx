import { LongText } from "./LongText.tsx";
import type { OverviewImage } from "./overview.ts";

/** What reviewers said of a card's image, where they said something. */
export function VerdictMark({ verdict }: Pick<OverviewImage, "verdict">) {
  if (verdict === undefined) return null;
  const { judgement, correctCategory } = verdict;
  return (
    <div class={`judged ${judgement}`}>
      {judgement === "unsure" ? "reviewed: unsure" : `judged ${judgement}`}
      {correctCategory !== undefined && (
        <>
          {", correct: "}
          <LongText text={correctCategory} limit={60} />
        </>
      )}
    </div>
  );
}
