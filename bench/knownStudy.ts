import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { loadEncoder } from "../src/model/loadEncoder.ts";
import type { BenchContext } from "./benchContext.ts";
import type { BenchOptions } from "./benchOptions.ts";
import { fillStudy, writeSmallPictures } from "./syntheticStudy.ts";

/** Small pictures, and a study that knows them all. */
export interface KnownStudy {
  readonly folder: string;
  readonly study: string;
}

/** Makes both in a folder of their own, with as many numbers an embedding as the model gives. */
export async function makeKnownStudy(
  {
    options,
    work,
    pictures,
    tell,
  }: Pick<BenchContext, "work" | "pictures" | "tell"> & { readonly options: Pick<BenchOptions, "model"> },
  count: number,
): Promise<KnownStudy> {
  tell(`making a study of ${count.toLocaleString("en-US")} pictures`);
  const folder = join(work, `known-${count}`);
  const study = join(work, `study-of-${count}`);
  mkdirSync(study, { recursive: true });
  await writeSmallPictures(folder, pictures, count);
  const encoder = await loadEncoder(options.model);
  try {
    const { dim } = await encoder.embedTexts(["a picture"]);
    await fillStudy(study, folder, encoder, dim);
  } finally {
    await encoder.close();
  }
  return { folder, study };
}
