import { simulateAnswers, simulatedAdjudicator, simulatedCoders } from "../../demo/simulateCoders.ts";
import { drawnByImage } from "../../src/cli/drawnShares.ts";
import { sharesOf } from "../../src/pipeline/evaluation/sharesOf.ts";
import { readSampleFrame } from "../../src/pipeline/samples/readSampleFrame.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import type { Study } from "../../src/store/openStudy.ts";
import { drawSample } from "../../src/validation/drawSample.ts";
import { type GivenCode, goldOf } from "../../src/validation/goldStandard.ts";

/**
 * Draws and codes the worked example's test sample anew, with the seeds from 1 on, and counts whose interval holds the drawn share.
 * @returns the share of intervals that do, and the share of draws in which all do
 */
export function coverageOfExample(
  study: Study,
  runId: number,
  draws: number,
): { readonly covered: number; readonly all: number } {
  const run = study.runs.maybeGet(runId);
  if (run === undefined) throw new RangeError(`no run ${runId}`);
  const drawn = drawnByImage(study, run);
  const names = run.codebook.categories.map(({ name }) => name);
  const frame = readSampleFrame(study, run, { samples: ["reliability"], reviewed: false, examples: false });
  const images = [...frame.imageIds];
  const predicted = new Map(images.map((imageId, i) => [imageId, frame.categories[i] as number]));
  const predictedSizes = names.map((_, k) => frame.categories.filter((category) => category === k).length);
  const truth = names.map(
    (name) => images.filter((imageId) => drawn.get(imageId) === name).length / images.length,
  );
  const design = { kind: "stratified", size: 400, floor: 50, isSplit: false } as const;
  let covered = 0;
  let all = 0;
  for (let seed = 1; seed <= draws; seed++) {
    const { strata, members } = drawSample(frame, { name: "test", design, seed }, names.length);
    const golds = goldCategories(
      members.map(({ imageId }) => drawn.get(imageId) as NonNullable<ReturnType<typeof drawn.get>>),
      seed,
    );
    const known = members.flatMap((member, i) => {
      const gold = golds[i];
      return gold === undefined ? [] : [{ ...member, gold: names.indexOf(gold) }];
    });
    const shares = sharesOf(
      {
        design: {
          kind: "stratified",
          isFinite: true,
          stratumOf: known.map(({ stratum }) => stratum),
          strata: strata.map(({ size }, h) => ({
            size,
            drawn: known.filter(({ stratum }) => stratum === h).length,
          })),
        },
        gold: known.map(({ gold }) => gold),
        predicted: known.map(({ imageId }) => predicted.get(imageId) as number),
        categoryCount: names.length,
        predictedSizes,
      },
      predictedSizes,
    );
    const holds = shares.filter(({ category, corrected: { interval } }) => {
      const share = truth[category] as number;
      return interval !== undefined && interval.low <= share && share <= interval.high;
    }).length;
    covered += holds;
    if (holds === names.length) all++;
  }
  return { covered: covered / (draws * names.length), all: all / draws };
}

function goldCategories(
  drawn: Parameters<typeof simulateAnswers>[1],
  seed: number,
): readonly (string | undefined)[] {
  const coders = simulatedCoders.map((coder, c) => ({
    coder: coder.name,
    answers: simulateAnswers(coder, drawn, seededRandom(seed * 1000 + c)),
  }));
  const adjudications = simulateAnswers(simulatedAdjudicator, drawn, seededRandom(seed * 1000 + 999));
  return drawn.map((_, i) => {
    const codes: GivenCode[] = coders.map(({ coder, answers }) => ({
      coder,
      answer: answers[i]?.answer ?? "unsure",
      value: answers[i]?.value,
    }));
    const isAgreed = new Set(codes.map(({ answer, value }) => `${answer} ${value}`)).size === 1;
    const adjudication: GivenCode | undefined = isAgreed
      ? undefined
      : { coder: simulatedAdjudicator.name, answer: "category", value: adjudications[i]?.value };
    const gold = goldOf(codes, adjudication, { kind: "adjudicated" });
    return "category" in gold ? gold.category : undefined;
  });
}
