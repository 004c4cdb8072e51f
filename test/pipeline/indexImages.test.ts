import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
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
      let mostHeld = 0;
      const readAhead: number[] = [];
      const buffers = new Set<ArrayBufferLike>();
      const slow: Encoder = {
        ...encoder,
        embedViews: async (views) => {
          for (const { buffer } of views) buffers.add(buffer);
          // Until everything that may be decoded is, and long enough for one more, which must not be.
          const expected = () => Math.min(2 * batchSize, 6 * batchSize - stored);
          for (let i = 0; i < 2000 && read - stored < expected(); i++) await wait(5);
          for (let i = 0; i < 300; i++) await nextTurn();
          // Those that have neither left the tower nor entered it with these or the other part.
          readAhead.push(read - stored - batchSize);
          return encoder.embedViews(views);
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
      expect([read, stored]).toEqual([6 * batchSize, 6 * batchSize]);
      expect(mostHeld).toBeLessThanOrEqual(2 * batchSize);
      // Views keep their memory: more of it would mean that some is never given back.
      expect(buffers.size).toBeLessThanOrEqual(2 * batchSize);
      // With the tower full, a whole batch waits for it, but at the beginning and towards the end.
      expect(readAhead.filter((ahead) => ahead === batchSize).length).toBeGreaterThanOrEqual(4);
    },
  );

  it("does not open a file again that is known and unchanged, and reads one that has changed", async () => {
    const { study, encoder, encoderId } = await prepare();
    async function* units(changed: string, read: (name: string) => void): AsyncGenerator<Unit> {
      for await (const unit of noiseUnits(10)) {
        const modifiedNs = unit.name === changed ? 2n : 1n;
        yield {
          ...unit,
          fileState: async () => ({ sizeBytes: 1, modifiedNs }),
          read: async () => {
            read(unit.name);
            return unit.read();
          },
        };
      }
    }
    const options = { encoderId, view: "center", onUnits: () => undefined } as const;
    await indexImages(
      study,
      encoder,
      units("", () => undefined),
      options,
    );
    const opened: string[] = [];
    const progress = await indexImages(
      study,
      encoder,
      units("3.png", (name) => opened.push(name)),
      options,
    );
    expect([opened, progress.units, progress.embedded]).toEqual([["3.png"], 10, 1]);
  });

  it("stores what it read and found known piece by piece", async () => {
    const { study, encoder, encoderId } = await prepare();
    const picture = await safeSharp(randomBytes(192), { raw: { width: 8, height: 8, channels: 3 } })
      .png()
      .toBuffer();
    async function* same(): AsyncGenerator<Unit> {
      for await (const unit of noiseUnits(300)) yield { ...unit, read: async () => picture };
    }
    const parts: number[] = [];
    const onUnits = (units: readonly unknown[]) => parts.push(units.length);
    const progress = await indexImages(study, encoder, same(), { encoderId, view: "center", onUnits });
    expect([progress.units, progress.embedded]).toEqual([300, 1]);
    expect(Math.max(...parts)).toBeLessThanOrEqual(64 + 16);
  });

  it("stores the part that the tower has done where the next one fails before it", async () => {
    const { study, encoder, encoderId } = await prepare();
    let entered = 0;
    const failing: Encoder = {
      ...encoder,
      embedViews: async (views) => {
        entered += 1;
        if (entered === 2) throw new Error("no memory for another lane");
        for (let i = 0; i < 100; i++) await nextTurn();
        return encoder.embedViews(views);
      },
    };
    const stored: string[] = [];
    const indexing = indexImages(study, failing, noiseUnits(8), {
      encoderId,
      view: "center",
      batchSize: 4,
      onUnits: (units) => stored.push(...units.map(([{ name }]) => name)),
    });
    await expect(indexing).rejects.toThrow("no memory for another lane");
    expect(stored).toEqual(["0.png", "1.png"]);
  });

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
