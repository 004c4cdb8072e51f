import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openScreenImages } from "../../src/pipeline/screenImages.ts";
import { openThumbnailCache } from "../../src/store/thumbnailCache.ts";
import { randomRun } from "./randomRun.ts";

/** Large pictures of noise, and what of their thumbnails is kept, in order. */
async function noisyImages() {
  const { folder, study, run } = await randomRun({ units: 40, pictures: 20, categories: 1, sidePx: 700 });
  const cache = openThumbnailCache(join(folder, "thumbnails.db"), (why) => {
    throw new Error(why);
  });
  const made: string[] = [];
  const images = openScreenImages(study, {
    ...cache,
    save: (sha256, boxPx, jpeg) => {
      made.push(`${Buffer.from(sha256).toString("hex")} ${boxPx}`);
      cache.save(sha256, boxPx, jpeg);
    },
  });
  onTestFinished(() => images.close());
  const imageAt = (position: number) => {
    const [row] = study.units.rowsAt(run.id, [position]);
    return { imageId: row?.imageId as number, unitId: row?.unitId as number };
  };
  const keyAt = (position: number, boxPx: number) =>
    `${Buffer.from(study.images.get(imageAt(position).imageId).sha256).toString("hex")} ${boxPx}`;
  return { images, made, imageAt, keyAt };
}

describe("images for screens", () => {
  it("are made once, however many ask at the same time", async () => {
    const { images, made, imageAt, keyAt } = await noisyImages();
    const asked = Array.from({ length: 12 }, () => images.thumbnailOf(imageAt(3), 192));
    const [first, ...others] = await Promise.all(asked);
    for (const other of others) expect(other).toEqual(first);
    expect(made).toEqual([keyAt(3, 192)]);
    // Another unit with the same image finds it kept.
    await images.thumbnailOf(imageAt(23), 192);
    expect(made).toHaveLength(1);
    await images.thumbnailOf(imageAt(3), 384);
    expect(made).toEqual([keyAt(3, 192), keyAt(3, 384)]);
  });

  it("are not made for those who have given up, and those asked for last are made first", async () => {
    const { images, made, imageAt, keyAt } = await noisyImages();
    const abort = new AbortController();
    const first = Array.from({ length: 4 }, (_, i) => images.thumbnailOf(imageAt(i), 192));
    const given = Array.from({ length: 10 }, (_, i) => images.thumbnailOf(imageAt(i + 4), 192, abort.signal));
    const last = [18, 19].map((position) => images.thumbnailOf(imageAt(position), 192));
    abort.abort();
    for (const one of await Promise.allSettled(given)) expect(one.status).toBe("rejected");
    await Promise.all([...first, ...last]);
    // Whatever was wrongly left in the queue is begun by now.
    await images.thumbnailOf(imageAt(0), 384);
    expect(made.pop()).toBe(keyAt(0, 384));
    expect(made.toSorted()).toEqual([0, 1, 2, 3, 18, 19].map((i) => keyAt(i, 192)).toSorted());
    expect(made.slice(-2).toSorted()).toEqual([18, 19].map((i) => keyAt(i, 192)).toSorted());
  });
});
