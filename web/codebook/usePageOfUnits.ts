import { answer, api } from "../api.ts";
import { useAnswer } from "../useAnswer.ts";
import type { UnitsAnswer } from "./codebookAnswers.ts";

/** What images are ranked by: a sentence, or the image of a unit by its position. */
export interface Ranking {
  readonly find?: string | undefined;
  readonly like?: number | undefined;
}

/** One page of a run's images, ranked; undefined where there is nothing to rank by. */
export function usePageOfUnits(
  runId: number | undefined,
  { find, like }: Ranking,
  from: number,
  limit: number,
) {
  return useAnswer<UnitsAnswer | undefined>(
    async (signal) => {
      if (runId === undefined || (find === undefined && like === undefined)) return undefined;
      return answer(
        api.runs[":run"].units.$get(
          {
            param: { run: String(runId) },
            query: { ...(like === undefined ? { find } : { like }), from, limit },
          },
          { init: { signal } },
        ),
      );
    },
    [runId, find, like, from],
  );
}
