import { formatCount } from "../format.ts";
import type { DraftScores } from "./codebookAnswers.ts";

/** What the draft does to images that people have judged, and why that is no proof. */
export function JudgedEffect({ judged }: { readonly judged: DraftScores["judged"] }) {
  if (judged === undefined) return null;
  const { rightInRun, rightInDraft, unknownInDraft } = judged;
  return (
    <p class="judged">
      Of {formatCount(judged.judged)} judged:{" "}
      <strong>
        {formatCount(rightInRun)} → {formatCount(rightInDraft)} right
      </strong>
      {unknownInDraft > 0 &&
        `, and ${formatCount(unknownInDraft)} moved from a wrong category to one that nobody has judged`}
      .{" "}
      <span class="soft">
        Phrases that are tuned on judged images make this number optimistic: judge new images before you
        report it.
      </span>
    </p>
  );
}
