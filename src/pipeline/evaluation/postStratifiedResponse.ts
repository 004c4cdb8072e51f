import { postStratifiedDesign } from "../../stats/postStratifiedDesign.ts";
import { designWeights } from "../../stats/samplingDesign.ts";
import type { Response } from "./responseDesign.ts";

/**
 * A response with the weights that accuracy and corrected shares have, so that all figures of a report rest on the same ones.
 * @param predictedSizes images of the frame by the evaluated run's category `[K]`
 */
export function postStratifiedResponse(response: Response, predictedSizes: readonly number[]): Response {
  const design = postStratifiedDesign({
    design: response.design,
    gold: response.images.map(({ trueCategory }) => trueCategory),
    predicted: response.images.map(({ prediction }) => prediction.category),
    categoryCount: predictedSizes.length,
    predictedSizes,
  });
  return { ...response, design, weights: designWeights(design) };
}
