import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { UserError } from "../src/errors.ts";
import { sampleWithoutReplacement, seededRandom } from "../src/seededRandom.ts";
import { varyPicture } from "./varyPicture.ts";

// Any seed: the same one every time, so that every run measures the same files in the same order.
const orderSeed = 1;

/**
 * The pictures of a folder that can be varied, in one fixed random order: so the first n of them are as mixed as all.
 * @throws UserError when there is none, or no such folder
 */
export async function listPictures(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch((cause) => {
    throw new UserError(`${folder}: this folder cannot be read`, { hint: "check --images", cause });
  });
  const names = entries.filter((name) => [".jpg", ".jpeg", ".png"].includes(extname(name).toLowerCase()));
  if (names.length === 0) {
    throw new UserError(`${folder}: no JPEG or PNG pictures`, {
      hint: "name a folder of photographs with --images",
    });
  }
  return sampleWithoutReplacement(names.sort(), names.length, seededRandom(orderSeed)).map((name) =>
    join(folder, name),
  );
}

/**
 * Writes a set of `count` different images into a new folder: the pictures over and over under other names, each copy
 * with bytes of its own. `firstNumber` keeps two sets from sharing images.
 */
export async function writePictureSet(
  folder: string,
  pictures: readonly string[],
  count: number,
  firstNumber = 0,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const originals = await Promise.all(pictures.slice(0, count).map((path) => readFile(path)));
  for (let i = 0; i < count; i++) {
    const source = i % originals.length;
    const extension = extname(pictures[source] as string).toLowerCase();
    const name = `${String(firstNumber + i).padStart(7, "0")}${extension}`;
    await writeFile(join(folder, name), varyPicture(originals[source] as Buffer, firstNumber + i));
  }
}
