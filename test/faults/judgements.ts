import { recordVerdict } from "../../src/pipeline/reviews/recordVerdict.ts";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { drawStudySample } from "../../src/pipeline/samples/drawStudySample.ts";
import { freezeCodebook } from "../../src/pipeline/samples/freezeCodebook.ts";
import { openSample } from "../../src/pipeline/samples/openSample.ts";
import { recordCoding } from "../../src/pipeline/samples/recordCoding.ts";
import type { Study } from "../../src/store/openStudy.ts";
import type { Run } from "../../src/store/runStore.ts";
import type { Sample } from "../../src/store/sampleStore.ts";

const now = "2026-05-02T10:00:00.000Z";

/** Everything that people decide in a study, in an order in which it can be done once: none of it may be lost to a power cut. */
export const judgements: readonly (readonly [name: string, judge: (study: Study) => unknown])[] = [
  ["a sample is drawn", drawTest],
  [
    "a coder gets a link",
    (study) => addCoder(study, sampleOf(study), { coder: "Anna", role: "coder", addedAt: now }),
  ],
  ["a verdict is given", giveVerdict],
  ["an image is coded", giveCode],
  ["the codebook is frozen", (study) => freezeCodebook(study, runOf(study), now)],
  ["a sample is opened", (study) => openSample(study, sampleOf(study), [runOf(study)], "evaluate", now)],
];

function runOf(study: Study): Run {
  return study.runs.maybeNewest() as Run;
}

function sampleOf(study: Study): Sample {
  return study.samples.maybeByName("test") as Sample;
}

function drawTest(study: Study): unknown {
  const design = { kind: "simple", size: 6 } as const;
  const exclusions = { samples: [], reviewed: false, examples: false };
  return drawStudySample(
    study,
    runOf(study),
    {
      name: "test",
      purpose: "test",
      design,
      exclusions,
      seed: 1,
      isSealed: true,
    },
    now,
  );
}

function giveVerdict(study: Study): unknown {
  return recordVerdict(study, runOf(study), {
    position: 0,
    reviewer: "Ben",
    verdict: "right",
    correctCategory: undefined,
    note: "",
    judgedAt: now,
    queue: { kind: "random", n: 12, seed: 1 },
    seen: 0,
  });
}

function giveCode(study: Study): unknown {
  return recordCoding(study, sampleOf(study), {
    place: 0,
    coder: "Anna",
    role: "coder",
    variable: "category",
    answer: "unsure",
    value: undefined,
    note: "",
    seconds: 2.5,
    source: "screen",
    codedAt: now,
    seen: 0,
  });
}
