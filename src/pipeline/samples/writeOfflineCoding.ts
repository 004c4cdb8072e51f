import { stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { makeFolder } from "../../makeFolder.ts";
import { renderOfflineCoding } from "../../report/renderOfflineCoding.ts";
import type { Study } from "../../store/openStudy.ts";
import type { NamedMember, Sample } from "../../store/sampleStore.ts";
import { codingFileName } from "../../validation/codingFileName.ts";
import { codingOrder } from "../../validation/codingOrder.ts";
import { type OfflinePage, offlinePageMark } from "../../validation/offlinePage.ts";
import { isReplaceable, requireReplaceable } from "../replaceable.ts";
import { unwritable } from "../unwritable.ts";
import { writeWhole } from "../writeWhole.ts";
import { addCoder, requireCoderName } from "./addCoder.ts";
import { digestOfSample } from "./digestOfSample.ts";
import { readOfflineProgram } from "./readOfflineProgram.ts";
import { requireNoTraining } from "./requireNoTraining.ts";
import { runOfSample } from "./runOfSample.ts";
import { type SamplePicturesOptions, samplePictures } from "./samplePictures.ts";

/** What may be said about the writing. */
export interface WriteOfflineOptions extends SamplePicturesOptions {
  /** ISO 8601; when coders who are new are added */
  readonly now: string;
}

/** What was written. */
export interface OfflineCodingFiles {
  readonly files: readonly { readonly coder: string; readonly path: string; readonly bytes: number }[];
  readonly images: number;
  /** Longest side of the pictures inside. */
  readonly boxPx: number;
  /** Names of images that could not be read: their pictures are missing in the pages. */
  readonly missing: readonly string[];
}

/** What a Clipbook page for coding has at its beginning. */
const mark = 'content="Clipbook coding page"';

/**
 * Writes a self-contained HTML file for each coder, `{sample}--{coder}.html`, on which the sample can be coded without a server or a
 * network; an earlier page of the same sample and coder is replaced, and one of others with such names is left. Coders who are new are added to the sample.
 * @param directory is made when it is not there
 * @throws UserError for a training round, whose answers only the app can show, coders' names that cannot be, files that are
 * something else, and a sample that is too large for a page
 */
export async function writeOfflineCoding(
  study: Study,
  sample: Sample,
  coders: readonly string[],
  directory: string,
  { now, signal, onProgress }: WriteOfflineOptions,
): Promise<OfflineCodingFiles> {
  requireNoTraining(sample);
  const names = [...new Set(coders.map(requireCoderName))];
  if (names.length === 0) throw new RangeError("no coder to write a page for");
  const members = study.samples.members(sample.id);
  if (members.length === 0) {
    throw new UserError(`sample "${sample.name}" has no images`, { hint: "draw a larger one" });
  }
  const { codebook } = runOfSample(study, sample);
  const program = await readOfflineProgram();
  makeFolderFor(directory);
  const sampleDigest = digestOfSample(study, sample);
  const paths = await pathsOf(directory, { sample: sample.name, sampleDigest }, names);
  const { pictures, boxPx } = await samplePictures(study, sample, members, { signal, onProgress });
  for (const coder of names) addCoder(study, sample, { coder, role: "coder", addedAt: now });
  const page = {
    sample: sample.name,
    sampleDigest,
    title: codebook.title,
    categories: codebook.categories.map(({ name, description, instructions }) => ({
      name,
      description,
      instructions,
    })),
  };
  const files: OfflineCodingFiles["files"][number][] = [];
  for (const [index, coder] of names.entries()) {
    signal?.throwIfAborted();
    const order = codingOrder(members.length, sample, coder).map((at) => members[at] as NamedMember);
    const html = renderOfflineCoding(
      { ...page, coder, images: order.map(({ sha256 }) => sha256) },
      order.map(({ place }) => pictures[place]),
      program,
    );
    const path = paths[index] as string;
    await writeWhole(path, html);
    files.push({ coder, path, bytes: (await stat(path)).size });
  }
  const missing = members.filter(({ place }) => pictures[place] === undefined).map(({ name }) => name);
  return { files, images: members.length, boxPx, missing };
}

/**
 * One path for each coder; names that differ only in what a file's name cannot have get a number.
 * @throws UserError for a file that is no page of Clipbook's
 */
async function pathsOf(
  directory: string,
  { sample, sampleDigest }: Pick<OfflinePage, "sample" | "sampleDigest">,
  coders: readonly string[],
): Promise<readonly string[]> {
  const taken = new Set<string>();
  const paths: string[] = [];
  for (const coder of coders) {
    for (let number = 1; ; number++) {
      const name = codingFileName(sample, coder, `${number === 1 ? "" : `-${number}`}.html`);
      // Some systems take names in other letter case for the same.
      if (taken.has(name.toLowerCase())) continue;
      const path = join(directory, name);
      await requireReplaceable(path, [mark]);
      if (!(await isReplaceable(path, [offlinePageMark({ sampleDigest, coder })]))) continue;
      taken.add(name.toLowerCase());
      paths.push(path);
      break;
    }
  }
  return paths;
}

function makeFolderFor(directory: string): void {
  try {
    makeFolder(directory);
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}
