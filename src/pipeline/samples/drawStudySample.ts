import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { drawSample } from "../../validation/drawSample.ts";
import { frameBits } from "../../validation/frameBits.ts";
import { categorySizes } from "../../validation/frameStrata.ts";
import type { SampleExclusions, SampleSpec } from "../../validation/sampleSpec.ts";
import { completeDesign, type WantedDesign } from "../../validation/suggestDesign.ts";
import { newOrderKey } from "./newOrderKey.ts";
import { readSampleFrame } from "./readSampleFrame.ts";
import { requireDrawable } from "./requireDrawable.ts";
import { requireNewName, requireSampleName } from "./requireSampleName.ts";

/** A sample as somebody asks for it: what of its design is not given is suggested. */
export interface WantedSample extends Omit<SampleSpec, "design"> {
  readonly design: WantedDesign;
}

/**
 * Draws a sample from a run and stores it with each image's inclusion probability; when this returns it is on the disk. The same sample
 * is never drawn twice: who asks for a name that exists is told so.
 * @param now ISO 8601
 * @throws UserError for a name that exists or cannot be one, a seal on anything but a test, a run without images to draw, a design
 * that they do not fit, and a Poisson design that happened to draw nothing
 */
export function drawStudySample(study: Study, run: Run, wanted: WantedSample, now: string): Sample {
  const name = requireSampleName(wanted.name);
  requireNewName(study, name);
  const { purpose, seed, isSealed, exclusions } = wanted;
  if (isSealed && purpose !== "test") {
    throw new UserError(`a ${purpose} sample cannot be sealed`, {
      hint: "only a test sample is kept shut until the codebook is frozen: its results must not lead to changes",
    });
  }
  const frame = readSampleFrame(study, run, exclusions);
  const categoryCount = run.codebook.categories.length;
  const design = completeDesign(purpose, wanted.design, categorySizes(frame, categoryCount));
  requireDrawable(run, frame, design);
  const { strata, members } = drawSample(frame, { name, design, seed }, categoryCount);
  if (members.length === 0) {
    throw new UserError(`the sample has no images: each was left to chance, and none was drawn`, {
      hint: "choose a greater size",
    });
  }
  return study.transaction(
    () => {
      // Somebody may have drawn one meanwhile.
      requireNewName(study, name);
      return study.samples.add(
        {
          name,
          purpose,
          runId: run.id,
          design: {
            spec: design,
            exclusions: ownExclusions(exclusions),
            strata,
            frameSize: frame.positions.length,
            orderKey: newOrderKey(),
            left: frame.left,
          },
          seed,
          isSealed,
          passMark: undefined,
          drawnAt: now,
        },
        members.map((member) => ({ ...member, knownCategory: undefined })),
        frameBits(frame.positions),
      );
    },
    { onDisk: true },
  );
}

/** Nothing but what the design is about, whatever else came with it. */
function ownExclusions({ samples, reviewed, examples }: SampleExclusions): SampleExclusions {
  return { samples, reviewed, examples };
}
