import type { Evaluate } from "./evaluationRequest.ts";
import { RequestError } from "./requestError.ts";

/** Answers a request for an evaluation. */
export const evaluateRequest: Evaluate = async ({ sample }) => {
  throw new RequestError(503, `sample "${sample}" cannot be evaluated by this version of Clipbook`, {
    hint: "update Clipbook",
  });
};
