import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { makeFolder } from "../../makeFolder.ts";
import type { Study } from "../../store/openStudy.ts";
import type { NamedMember, Sample } from "../../store/sampleStore.ts";
import { codingOrder } from "../../validation/codingOrder.ts";
import { requireReplaceable } from "../replaceable.ts";
import { unwritable } from "../unwritable.ts";
import { writeWhole } from "../writeWhole.ts";
import { digestOfSample } from "./digestOfSample.ts";
import { labelConfig } from "./labelConfig.ts";
import { labelStudioKeys } from "./labelStudioForm.ts";
import { requireNoTraining } from "./requireNoTraining.ts";
import { runOfSample } from "./runOfSample.ts";
import { type SamplePicturesOptions, samplePictures } from "./samplePictures.ts";

/** What was written for Label Studio. */
export interface LabelStudioFiles {
  readonly tasks: string;
  readonly config: string;
  readonly images: number;
  readonly boxPx: number;
  /** Names of images that could not be read: they have no task. */
  readonly missing: readonly string[];
}

/**
 * Writes a sample as tasks for Label Studio, `tasks.json`, with the label configuration for its codebook, `label-config.xml`. Pictures
 * are in the tasks as data URLs: Label Studio serves files of the disk only from a folder that its own settings name, and a path in a
 * task that it does not serve is shown as an error. The tasks stand in a random order and tell nothing of predictions or names.
 * @param directory is made when it is not there; earlier files of Clipbook's are replaced
 * @throws UserError for a training round, files that are something else or cannot be written, and a sample that is too large or of
 * whose images none can be read
 */
export async function writeLabelStudio(
  study: Study,
  sample: Sample,
  directory: string,
  options: SamplePicturesOptions = {},
): Promise<LabelStudioFiles> {
  requireNoTraining(sample);
  const { categories } = runOfSample(study, sample).codebook;
  try {
    makeFolder(directory);
  } catch (cause) {
    throw unwritable(directory, cause);
  }
  const tasks = join(directory, "tasks.json");
  const config = join(directory, "label-config.xml");
  await requireReplaceable(tasks, [labelStudioKeys.image]);
  await requireReplaceable(config, ["Clipbook"]);
  const members = study.samples.members(sample.id);
  const { pictures, boxPx } = await samplePictures(study, sample, members, options);
  requireSomePicture(sample, members, pictures);
  const digest = digestOfSample(study, sample);
  const lines = codingOrder(members.length, sample, "label-studio").flatMap((place) => {
    const picture = pictures[place];
    if (picture === undefined) return [];
    const data = {
      [labelStudioKeys.image]: members[place]?.sha256,
      [labelStudioKeys.sampleDigest]: digest,
      [labelStudioKeys.picture]: `data:image/jpeg;base64,${picture}`,
    };
    return [JSON.stringify({ data })];
  });
  await writeWhole(tasks, `[\n${lines.join(",\n")}\n]\n`);
  await writeWhole(config, labelConfig(categories));
  const missing = members.filter(({ place }) => pictures[place] === undefined).map(({ name }) => name);
  return { tasks, config, images: lines.length, boxPx, missing };
}

/** @throws UserError where no image has a picture: a list without tasks is none that Label Studio takes */
function requireSomePicture(
  sample: Sample,
  [first]: readonly NamedMember[],
  pictures: readonly (string | undefined)[],
): void {
  if (first === undefined || pictures.some((picture) => picture !== undefined)) return;
  throw new UserError(
    `no image of sample "${sample.name}" can be read, neither ${JSON.stringify(first.name)} nor another one`,
    {
      hint: "put the images to where they were when they were classified; those of imported embeddings have to be on this machine",
    },
  );
}
