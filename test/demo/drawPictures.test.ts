import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { drawnCategories } from "../../demo/drawPicture.ts";
import { drawPictures } from "../../demo/drawPictures.ts";
import { seedInRange, seedRanges } from "../../demo/seedRanges.ts";

const folder = mkdtempSync(join(tmpdir(), "clipbook-drawn-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("drawPictures", () => {
  it("draws the same bytes again, and its first pictures do not depend on the count", async () => {
    const digests = async (name: string, count: number) => {
      await drawPictures(join(folder, name), { count });
      return readdirSync(join(folder, name))
        .sort()
        .map((file) =>
          createHash("sha256")
            .update(readFileSync(join(folder, name, file)))
            .digest("hex"),
        );
    };
    const first = await digests("first", 24);
    expect(first).toHaveLength(24);
    expect(new Set(first).size).toBe(24);
    expect(await digests("again", 24)).toEqual(first);
    expect(await digests("fewer", 9)).toEqual(first.slice(0, 9));
  });

  it("shows every category often, none in more than a third, and names that do not tell", async () => {
    const truth = await drawPictures(join(folder, "feed"), { count: 140 });
    for (const category of drawnCategories) {
      const share = truth.filter((picture) => picture.category === category).length / truth.length;
      expect(share, category).toBeGreaterThan(0.05);
      expect(share, category).toBeLessThan(1 / 3);
    }
    const shape = (name: string) => name.replace(/\d+/, "N").replace(/\.\w+$/, "");
    expect(new Set(truth.map(({ name }) => shape(name)))).toEqual(new Set(["post-N"]));
    expect(truth.map(({ name }) => name)).toEqual(readdirSync(join(folder, "feed")).sort());
    // Neighbours in the feed do not share a category more often than chance allows.
    const repeats = truth.filter((picture, index) => picture.category === truth[index + 1]?.category).length;
    expect(repeats).toBeLessThan(50);
  });

  it("writes files whose content is what the extension says", async () => {
    const truth = await drawPictures(join(folder, "formats"), { count: 20, series: 3 });
    for (const { name } of truth) {
      const { format } = await sharp(readFileSync(join(folder, "formats", name))).metadata();
      expect({ jpeg: "jpg", png: "png", webp: "webp" }[format as "jpeg"], name).toBe(name.split(".").at(-1));
    }
  });

  it("stops when told to", async () => {
    const stop = new AbortController();
    const drawing = drawPictures(join(folder, "stopped"), {
      count: 200,
      signal: stop.signal,
      onProgress: (drawn) => drawn === 5 && stop.abort(new Error("enough")),
    });
    await expect(drawing).rejects.toThrow("enough");
    expect(readdirSync(join(folder, "stopped")).length).toBeLessThan(20);
  });
});

describe("seedRanges", () => {
  it("do not overlap and fit in 32 bits", () => {
    const ordered = Object.values(seedRanges).sort((a, b) => a.first - b.first);
    ordered.forEach(({ first, size }, index) => {
      expect(first + size).toBeLessThanOrEqual(ordered[index + 1]?.first ?? 2 ** 32);
    });
  });

  it("keep every series inside the range", () => {
    for (const range of Object.values(seedRanges)) {
      for (const series of [0, 1, 9_999, 10_000, -1, 123_456]) {
        for (const index of [0, 99_999]) {
          const seed = seedInRange(range, series, index);
          expect(seed).toBeGreaterThanOrEqual(range.first);
          expect(seed).toBeLessThan(range.first + range.size);
        }
      }
    }
    expect(() => seedInRange(seedRanges.demo, 1, 100_000)).toThrow(RangeError);
    expect(() => seedInRange(seedRanges.demo, 1.5, 0)).toThrow(RangeError);
  });
});
