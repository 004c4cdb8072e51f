import { Hono } from "hono";
import { z } from "zod";
import { codebookPhrases } from "../codebook/codebook.ts";
import { recordVerdict } from "../pipeline/reviews/recordVerdict.ts";
import { openReviewQueues } from "../pipeline/reviews/reviewQueue.ts";
import { summariseReview } from "../pipeline/reviews/summariseReview.ts";
import { isSameSample, type QueueSpec, queueText } from "../review/queueSpec.ts";
import type { Verdict } from "../store/reviewStore.ts";
import { checkedJson, checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import type { ErrorBody } from "./describeError.ts";
import { queueQuery, requireQueueOf, reviewerName, verdictBody } from "./reviewInput.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

/** A verdict as it is sent; `withdrawn` ones are as good as none, but their id has to be known. */
export type VerdictAnswer = Pick<
  Verdict,
  "id" | "reviewer" | "verdict" | "correctCategory" | "note" | "judgedAt"
>;

/** What this reviewer said of a unit last, in whichever queue. */
export interface OwnVerdict extends VerdictAnswer {
  /** It was given in the sample of the queue that was asked for. */
  readonly isOfSample: boolean;
}

/** The answer to a verdict on a picture that was judged elsewhere meanwhile. */
export interface VerdictConflict extends ErrorBody {
  /** The verdict that stands. */
  readonly present: OwnVerdict;
  /** The one that was sent, and is not stored. */
  readonly yours: Pick<VerdictAnswer, "verdict" | "correctCategory" | "note">;
}

const ofRun = checkedParam(z.object({ run: wholeNumber }));

/** Queues, verdicts, and what they come to. */
export function reviewRoutes({ study, now }: ServerContext) {
  const queues = openReviewQueues(study);
  return new Hono()
    .get(
      "/runs/:run/review/queue",
      ofRun,
      checkedQuery(queueQuery.extend({ reviewer: reviewerName })),
      (c) => {
        const run = runOfRequest(study, c.req.valid("param").run);
        const { reviewer, ...queue } = c.req.valid("query");
        requireQueueOf(run, queue);
        const { categories } = run.codebook;
        const phrases = codebookPhrases(run.codebook);
        const own = new Map(study.reviews.newest(run.id, reviewer).map((row) => [row.position, row]));
        return c.json({
          reviewer,
          categories: categories.map(({ name }) => name),
          /** In the order of the review. */
          members: study.reviews.units(run.id, queues.of(run, queue)).map((unit) => {
            const verdict = own.get(unit.position);
            return {
              ...unit,
              phrase: phrases[unit.phrase]?.text ?? "",
              own: verdict === undefined ? null : ownOf(verdict, queue),
            };
          }),
        });
      },
    )
    .post("/runs/:run/review/verdicts", ofRun, checkedJson(verdictBody), (c) => {
      const run = runOfRequest(study, c.req.valid("param").run);
      const { queue, correctCategory, ...given } = c.req.valid("json");
      requireQueueOf(run, queue);
      const judgedAt = now().toISOString();
      const written = recordVerdict(study, run, { ...given, correctCategory, queue, judgedAt });
      if ("added" in written) return c.json({ verdict: ownOf(written.added, queue) }, 200);
      const conflict: VerdictConflict = {
        error: "this picture was judged elsewhere meanwhile",
        hint: "that verdict stands; nothing was overwritten",
        present: ownOf(written.newer, queue),
        yours: { verdict: given.verdict, correctCategory, note: given.note },
      };
      // The typed client hears of it as of every error.
      return c.json(conflict, 409) as never;
    })
    .get(
      "/runs/:run/review/results",
      ofRun,
      checkedQuery(queueQuery.extend({ reviewer: reviewerName.optional() })),
      (c) => {
        const run = runOfRequest(study, c.req.valid("param").run);
        const { reviewer, ...queue } = c.req.valid("query");
        requireQueueOf(run, queue);
        return c.json(summariseReview(study, run, { queue, reviewer, queues }));
      },
    )
    .get("/runs/:run/review/reviewers", ofRun, (c) => {
      const run = runOfRequest(study, c.req.valid("param").run);
      const names = run.codebook.categories.map(({ name }) => name);
      return c.json({
        reviewers: study.reviews.reviewers(run.id).map(({ lastQueue, ...reviewer }) => {
          const queue = JSON.parse(lastQueue) as QueueSpec;
          return { ...reviewer, queue, queueText: queueText(queue, names) };
        }),
      });
    })
    .get(
      "/runs/:run/review/units/:position/history",
      checkedParam(z.object({ run: wholeNumber, position: wholeNumber })),
      (c) => {
        const { run: runId, position } = c.req.valid("param");
        const run = runOfRequest(study, runId);
        return c.json({ verdicts: study.reviews.history(run.id, position).map(answerOf) });
      },
    );
}

function ownOf(verdict: Verdict, queue: QueueSpec): OwnVerdict {
  return { ...answerOf(verdict), isOfSample: isSameSample(JSON.parse(verdict.queue) as QueueSpec, queue) };
}

function answerOf({ id, reviewer, verdict, correctCategory, note, judgedAt }: Verdict): VerdictAnswer {
  return { id, reviewer, verdict, correctCategory, note, judgedAt };
}
