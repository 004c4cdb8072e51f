import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { safeSharp } from "../../src/images/safeSharp.ts";
import type { Unit } from "../../src/images/unit.ts";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { indexImages } from "../../src/pipeline/indexImages.ts";
import { loadTinyModel } from "../tinyModels.ts";
import { newStudy } from "./classifyInTest.ts";

/** Pictures that all differ, made when they are read. */
async function* noiseUnits(count: number, onRead: () => void = () => undefined): AsyncGenerator<Unit> {
  for (let i = 0; i < count; i++) {
    yield {
      name: `${i}.png`,
      path: `/pictures/${i}.png`,
      rowNumber: 0,
      fileState: async () => ({ sizeBytes: 1, modifiedNs: 1n }),
      read: async () => {
        onRead();
        const raw = { width: 8, height: 8, channels: 3 } as const;
        return safeSharp(randomBytes(192), { raw }).png().toBuffer();
      },
    };
  }
}

async function prepare() {
  const { study } = newStudy();
  const encoder = await loadTinyModel("clip");
  onTestFinished(() => encoder.close());
  const encoderId = study.embeddings.encoderId({ ...encoder, files: [] });
  return { study, encoder, encoderId };
}

/** The encoder, whose image tower tells when a batch enters and leaves it. */
function watched(encoder: Encoder, on: { enter(pictures: number): void; leave(): void }): Encoder {
  return {
    ...encoder,
    embedViews: async (views) => {
      on.enter(views.length);
      const vectors = await encoder.embedViews(views);
      on.leave();
      return vectors;
    },
  };
}

describe("indexImages", () => {
  it.each([4, 16])(
    "decodes the next batch of %i, and no third one, while one is in the tower",
    async (batchSize) => {
      const { study, encoder, encoderId } = await prepare();
      let read = 0;
      let stored = 0;
      let inTower = 0;
      let mostHeld = 0;
      let readBesideTower = 0;
      const slow: Encoder = {
        ...encoder,
        embedViews: async (views) => {
          inTower = views.length;
          const before = read;
          // Long enough that everything that may be decoded is.
          for (let i = 0; i < 200; i++) await nextTurn();
          readBesideTower += read - before;
          const vectors = await encoder.embedViews(views);
          inTower = 0;
          return vectors;
        },
      };
      await indexImages(
        study,
        slow,
        noiseUnits(6 * batchSize, () => {
          read += 1;
          mostHeld = Math.max(mostHeld, read - stored);
        }),
        {
          encoderId,
          view: "center",
          batchSize,
          onUnits: (units) => {
            stored += units.length;
          },
        },
      );
      expect([read, stored, inTower]).toEqual([6 * batchSize, 6 * batchSize, 0]);
      expect(mostHeld).toBeLessThanOrEqual(2 * batchSize);
      // Of all batches but the first most is decoded beside the one before it; without look-ahead nothing would be.
      expect(readBesideTower).toBeGreaterThanOrEqual(2 * batchSize);
    },
  );

  it.each([1, 2, 4, 5])(
    "never has more than a batch of %i pictures that entered the tower and are not stored",
    async (batchSize) => {
      const { study, encoder, encoderId } = await prepare();
      let unstored = 0;
      let most = 0;
      let inTower = 0;
      let mostInTower = 0;
      const tower = watched(encoder, {
        enter: (pictures) => {
          unstored += pictures;
          most = Math.max(most, unstored);
          inTower += 1;
          mostInTower = Math.max(mostInTower, inTower);
        },
        leave: () => (inTower -= 1),
      });
      const stored: string[] = [];
      await indexImages(study, tower, noiseUnits(13), {
        encoderId,
        view: "center",
        batchSize,
        onUnits: (units) => {
          unstored -= units.length;
          stored.push(...units.map(([{ name }]) => name));
        },
      });
      expect(stored).toEqual(Array.from({ length: 13 }, (_, i) => `${i}.png`));
      expect(most).toBe(batchSize === 5 ? 4 : batchSize);
      // The tower has a part to work on while the one before it is stored.
      expect(mostInTower).toBe(batchSize === 1 ? 1 : 2);
    },
  );

  it("embeds a picture once whose copy is in the tower, and stores both files", async () => {
    const { study, encoder, encoderId } = await prepare();
    const picture = await safeSharp(randomBytes(192), { raw: { width: 8, height: 8, channels: 3 } })
      .png()
      .toBuffer();
    async function* twice(): AsyncGenerator<Unit> {
      for await (const unit of noiseUnits(6)) {
        // In the same part, in the next one, and in one after it.
        yield ["0.png", "1.png", "2.png", "5.png"].includes(unit.name)
          ? { ...unit, read: async () => picture }
          : unit;
      }
    }
    let embedded = 0;
    const tower = watched(encoder, { enter: (pictures) => (embedded += pictures), leave: () => undefined });
    const images: (number | undefined)[] = [];
    const progress = await indexImages(study, tower, twice(), {
      encoderId,
      view: "center",
      batchSize: 4,
      onUnits: (units) =>
        images.push(...units.map(([, outcome]) => ("imageId" in outcome ? outcome.imageId : undefined))),
    });
    expect([embedded, progress.embedded, progress.units]).toEqual([3, 3, 6]);
    const [first, second, third, , , sixth] = images;
    expect([second, third, sixth]).toEqual([first, first, first]);
    expect(new Set(images).size).toBe(3);
  });

  it.each([
    { readAfterMs: 1_000, isRemembered: false },
    { readAfterMs: 3_000, isRemembered: true },
  ])(
    "remembers a file by when it was read, $readAfterMs ms after its change, however late it is stored: $isRemembered",
    async ({ readAfterMs, isRemembered }) => {
      const { study, encoder, encoderId } = await prepare();
      const modifiedMs = Date.UTC(2026, 0, 1);
      const state = { sizeBytes: 1, modifiedNs: BigInt(modifiedMs) * 1_000_000n };
      async function* one(): AsyncGenerator<Unit> {
        for await (const unit of noiseUnits(1)) yield { ...unit, fileState: async () => state };
      }
      let nowMs = modifiedMs + readAfterMs;
      const tower = watched(encoder, {
        enter: () => {
          nowMs += 60_000;
        },
        leave: () => undefined,
      });
      await indexImages(study, tower, one(), {
        encoderId,
        view: "center",
        now: () => nowMs,
        onUnits: () => undefined,
      });
      const file = { path: "/pictures/0.png", ...state };
      const [known] = study.images.embeddedOfFiles(encoderId, "center", [file]);
      expect(known !== undefined).toBe(isRemembered);
    },
  );

  it("gives up before the first picture enters the tower when what it waits for fails", async () => {
    const { study, encoder, encoderId } = await prepare();
    let entered = 0;
    const tower = watched(encoder, { enter: () => (entered += 1), leave: () => undefined });
    const ready = Promise.reject(new Error("the text tower is damaged"));
    const indexing = indexImages(study, tower, noiseUnits(20), {
      encoderId,
      view: "center",
      ready,
      onUnits: () => undefined,
    });
    await expect(indexing).rejects.toThrow("the text tower is damaged");
    expect(entered).toBe(0);
  });
});

describe("a tower", () => {
  it("computes beside this thread, which goes on", async () => {
    const { encoder } = await prepare();
    const { sizePx } = encoder.viewSpec("center");
    const views = Array.from({ length: 400 }, () => randomBytes(sizePx * sizePx * 3));
    await encoder.embedViews(views.slice(0, 1));
    let isComputing = true;
    const computed = encoder.embedViews(views).finally(() => {
      isComputing = false;
    });
    let turns = 0;
    while (isComputing) {
      await nextTurn();
      turns += 1;
    }
    expect((await computed).count).toBe(400);
    expect(turns).toBeGreaterThan(20);
  });

  it("gives the text tower's memory back, and opens it again when a text comes", async () => {
    const { encoder } = await prepare();
    const [before] = [await encoder.embedTexts(["a tree"])];
    await encoder.closeTextTower();
    await encoder.closeTextTower();
    expect(encoder.openedTowers()).toEqual(["text"]);
    expect((await encoder.embedTexts(["a tree"])).values).toEqual(before.values);
  });
});
