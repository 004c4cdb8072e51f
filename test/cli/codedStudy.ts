import { codeSample } from "../pipeline/evaluation/codedRun.ts";
import { randomRun } from "../pipeline/randomRun.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";

/**
 * A study of 90 images in three categories with two runs, and a sample of 15 of each category of the first. To Anna and Ben every fifth
 * image is of the next category; of five Ben is unsure, which leaves these no majority.
 */
export async function codedStudy({
  isSealed = false,
  isCoded = true,
}: {
  readonly isSealed?: boolean;
  readonly isCoded?: boolean;
} = {}) {
  const { study, run, addRun } = await randomRun({ units: 90, pictures: 90, categories: 3 });
  const second = await addRun({ scoring: "mean" });
  const sample = plainSample(study, run, { perCategory: 15, isSealed });
  const codeOf = (place: number, predicted: number) => (place % 5 === 0 ? (predicted + 1) % 3 : predicted);
  if (isCoded)
    codeSample(study, run, sample, {
      Anna: codeOf,
      Ben: (place, predicted) => (place % 11 === 0 ? "unsure" : codeOf(place, predicted)),
    });
  const opened = () => study.samples.openings(sample.id).map(({ how, runId }) => `${how} ${runId}`);
  return { folder: study.directory, study, run, second, sample, opened };
}
