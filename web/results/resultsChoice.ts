import type { Target } from "../../src/validation/evaluation.ts";
import type { GoldRule } from "../../src/validation/goldStandard.ts";

/** What the address says is to be shown. */
export interface ResultsChoice {
  readonly sampleId: number | undefined;
  /** undefined: adjudication where somebody did, else the majority. */
  readonly gold: GoldRule["kind"] | undefined;
  readonly coder: string | undefined;
  readonly target: Target;
  /** A column of the user's table. */
  readonly by: string | undefined;
  /** A run with which the shown one is compared. */
  readonly compare: number | undefined;
}

/** The choice in an address; what it does not say, or says wrongly, is the usual. */
export function resultsChoiceOf(query: URLSearchParams): ResultsChoice {
  const gold = query.get("gold");
  return {
    sampleId: maybeNumber(query.get("sample")),
    gold: gold === "majority" || gold === "adjudicated" || gold === "coder" ? gold : undefined,
    coder: query.get("coder") ?? undefined,
    target: query.get("target") === "process" ? "process" : "collection",
    by: query.get("by") ?? undefined,
    compare: maybeNumber(query.get("compare")),
  };
}

function maybeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** The same as the server takes it; a run is not compared with itself, which it may come to by a change of the shown run. */
export function evaluationQuery({ gold, coder, target, by, compare }: ResultsChoice, runId: number) {
  return {
    run: runId,
    target,
    ...(gold !== undefined && { gold }),
    ...(gold === "coder" && coder !== undefined && { coder }),
    ...(by !== undefined && { by }),
    ...(compare !== undefined && compare !== runId && { compare }),
  };
}
