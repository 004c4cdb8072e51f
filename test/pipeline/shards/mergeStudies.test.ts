import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { mergeStudies } from "../../../src/pipeline/shards/mergeStudies.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import { asNobody } from "../../asNobody.ts";
import { encoderRecord, runSpec } from "../../store/runSpec.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { contentOfStudy, writeShardStudy, writeShards } from "./shardStudies.ts";

const keys = Array.from({ length: 40 }, (_, i) => `folder/${i}.jpg`);

async function refusal(sources: readonly string[], target: string, allowMissing = false): Promise<string> {
  try {
    await mergeStudies({ sources, target, allowMissing });
  } catch (error) {
    if (error instanceof UserError) return `${error.message} | ${error.hint}`;
    throw error;
  }
  throw new Error("the merge succeeded");
}

/** Digests of all files in a folder. */
function bytesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}`,
    );
}

describe("merging", () => {
  it("gives what one machine has, for any list and any number of shards in any order, once or twice", async () => {
    const list = fc.array(fc.stringMatching(/^[a-e]{1,2}(#[0-3])?\.jpg$/), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.double()),
        async (units, of, chance) => {
          const folder = temporaryFolder();
          const whole = contentOfStudy(writeShardStudy(join(folder, "whole"), units));
          const shards = writeShards(folder, units, of);
          const shuffled = () =>
            [...shards, ...shards.slice(0, 1)]
              .map((shard) => [chance.next().value as number, shard] as const)
              .sort(([a], [b]) => a - b)
              .map(([, shard]) => shard);
          const target = join(folder, "all");
          await mergeStudies({ sources: shuffled(), target });
          const once = contentOfStudy(target);
          for (const part of ["images", "files", "embeddings"] as const)
            expect(once[part]).toEqual(whole[part]);
          expect(once.indexings).toHaveLength(of);
          await mergeStudies({ sources: shuffled(), target });
          expect(contentOfStudy(target)).toEqual(once);
          const byParts = join(folder, "by parts");
          for (const source of shuffled())
            await mergeStudies({ sources: [source], target: byParts, allowMissing: true });
          expect(contentOfStudy(byParts)).toEqual(once);
        },
      ),
      { seed: 11, numRuns: 12 },
    );
  });

  it("keeps the same of two embeddings that differ, and of two states of a file, in any order, and counts them", async () => {
    const folder = temporaryFolder();
    const a = writeShardStudy(join(folder, "a"), ["x.jpg", "y.jpg"]);
    const b = writeShardStudy(join(folder, "b"), ["x.jpg", "y.jpg"], { shift: 0.001 });
    const c = writeShardStudy(join(folder, "c"), ["x.jpg"], {
      contentOf: () => "another picture at this path",
    });
    const merged = [];
    for (const sources of [
      [a, b, c],
      [c, b, a],
      [b, a, c],
    ]) {
      const target = join(folder, `all ${merged.length}`);
      const { counts } = await mergeStudies({ sources, target });
      expect(counts).toMatchObject({ images: 5, newImages: 3, newEmbeddings: 3, differing: 2 });
      merged.push(contentOfStudy(target));
    }
    expect(merged[1]).toEqual(merged[0]);
    expect(merged[2]).toEqual(merged[0]);
  });

  it("changes no byte of a source and leaves no file beside it", async () => {
    const folder = temporaryFolder();
    const shards = writeShards(folder, keys, 3);
    const before = shards.map(bytesIn);
    await mergeStudies({ sources: shards, target: join(folder, "all") });
    expect(shards.map(bytesIn)).toEqual(before);
  });

  it("reads what a killed process left in the log of a source", async () => {
    const folder = temporaryFolder();
    const [first, second] = writeShards(folder, keys, 2) as [string, string];
    const study = openStudy(second);
    onTestFinished(() => study.close());
    study.transaction(() =>
      study.images.save({
        sha256: Buffer.alloc(32, 9),
        sizeBytes: 1,
        format: "png",
        widthPx: 1,
        heightPx: 1,
        warning: undefined,
      }),
    );
    const copy = join(folder, "copy of the killed");
    cpSync(second, copy, { recursive: true });
    expect(existsSync(join(copy, "clipbook.db-wal"))).toBe(true);
    const { counts } = await mergeStudies({ sources: [first, copy], target: join(folder, "all") });
    expect(counts.images).toBe(41);
  });

  it("goes on where shards came later, and tells which are missing until then, with nothing written", async () => {
    const folder = temporaryFolder();
    const [one, two, three, four] = writeShards(folder, keys, 4) as [string, string, string, string];
    const target = join(folder, "all");
    expect(await refusal([one, three], target)).toBe(
      "2 shards are missing of 4: 2, 4 | index them, and name their studies too; --allow-missing merges what is there",
    );
    expect(existsSync(target)).toBe(false);
    const { notes, lists } = await mergeStudies({ sources: [one, three], target, allowMissing: true });
    expect(notes).toEqual(["missing of 4 shards: 2, 4"]);
    expect(lists).toMatchObject([{ shards: 4, missing: [2, 4], units: 40 }]);
    expect(await refusal([two], target)).toContain("a shard is missing of 4: 4");
    // The target knows what it has.
    expect((await mergeStudies({ sources: [four, two], target })).lists).toMatchObject([{ missing: [] }]);
    const other = join(folder, "all at once");
    await mergeStudies({ sources: [one, two, three, four], target: other });
    expect(contentOfStudy(target)).toEqual(contentOfStudy(other));
  });

  it("names studies that have runs and judgements, which stay where they are", async () => {
    const folder = temporaryFolder();
    const source = writeShardStudy(join(folder, "one"), keys);
    const study = openStudy(source);
    const runId = study.runs.start(runSpec(study.embeddings.encoderId(encoderRecord)));
    study.runs.complete(runId, "2026-01-01T00:00:00.000Z", 0);
    study.close();
    const target = join(folder, "all");
    const { notes } = await mergeStudies({ sources: [source], target });
    expect(notes).toEqual([`${source} has 1 run: not merged, it stays there`]);
    const merged = openStudy(target);
    onTestFinished(() => merged.close());
    expect(merged.runs.list()).toEqual([]);
  });

  it("ends between two transactions when it is stopped, and the same call completes it", async () => {
    const folder = temporaryFolder();
    const shards = writeShards(folder, keys, 3);
    const target = join(folder, "all");
    const stop = new AbortController();
    const stopped = mergeStudies({
      sources: shards,
      target,
      signal: stop.signal,
      onProgress: (source) => source === 1 && stop.abort(),
    });
    await expect(stopped).rejects.toThrow("aborted");
    expect(contentOfStudy(target).indexings).toHaveLength(1);
    await mergeStudies({ sources: shards, target });
    const other = join(folder, "undisturbed");
    await mergeStudies({ sources: shards, target: other });
    expect(contentOfStudy(target)).toEqual(contentOfStudy(other));
  });
});

describe("merging from folders that may only be read", () => {
  const close = (folder: string) => {
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
    chmodSync(folder, 0o555);
  };

  it("needs no right to write there, unless a killed process left something in a log", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const [one, two] = writeShards(folder, keys, 2) as [string, string];
    const killed = join(folder, "killed");
    const study = openStudy(two);
    study.transaction(() => study.embeddings.encoderId({ ...encoderRecord, identity: "another" }));
    cpSync(two, killed, { recursive: true });
    study.close();
    rmSync(join(killed, "clipbook.db-shm"));
    for (const name of [one, two, killed]) close(name);
    await asNobody(async () => {
      const { lists } = await mergeStudies({ sources: [one, two], target: join(folder, "all") });
      expect(lists).toMatchObject([{ shards: 2, missing: [] }]);
      expect(await refusal([one, killed], join(folder, "other"))).toContain(
        `${killed}/clipbook.db: this study was cut off, and what it wrote last cannot be read here`,
      );
    });
    for (const name of [one, two, killed]) chmodSync(name, 0o755);
  });
});

describe("merging refuses", () => {
  it("a target among the sources, by whatever name", async () => {
    const folder = temporaryFolder();
    const [one, two] = writeShards(folder, keys, 2) as [string, string];
    symlinkSync(one, join(folder, "link"));
    expect(await refusal([one, two], one)).toContain("this is the study that the others are put into");
    expect(await refusal([join(folder, "link"), two], one)).toContain("link: this is the study");
    // The same study twice is one.
    expect(
      (await mergeStudies({ sources: [one, two, join(folder, "link")], target: join(folder, "all") }))
        .studies,
    ).toBe(2);
  });

  it("a source in which another Clipbook works", async () => {
    const folder = temporaryFolder();
    const [one, two] = writeShards(folder, keys, 2) as [string, string];
    const study = openStudy(two);
    onTestFinished(() => study.close());
    const lock = study.lock();
    expect(await refusal([one, two], join(folder, "all"))).toContain(
      `${two}: another Clipbook is writing to this study`,
    );
    lock.release();
    await mergeStudies({ sources: [one, two], target: join(folder, "all") });
  });

  it("what is no study, is none of Clipbook's, is older or later, or says nothing of what was indexed", async () => {
    const folder = temporaryFolder();
    const [one] = writeShards(folder, keys, 1) as [string];
    const target = join(folder, "all");
    const place = (name: string) => {
      mkdirSync(join(folder, name));
      return join(folder, name);
    };
    expect(await refusal([one, join(folder, "nowhere")], target)).toContain("there is no study here");
    expect(await refusal([one, place("empty")], target)).toContain("there is no study here");
    const text = place("text");
    writeFileSync(join(text, "clipbook.db"), "no database, but long enough to be one ".repeat(30));
    expect(await refusal([one, text], target)).toContain("this file is no SQLite database");
    const foreign = place("foreign");
    const database = new DatabaseSync(join(foreign, "clipbook.db"));
    database.exec("CREATE TABLE mine (id)");
    database.close();
    expect(await refusal([one, foreign], target)).toContain("this database is no Clipbook study");
    const old = place("old");
    copyFileSync(join(import.meta.dirname, "../../fixtures/studies/schema-1.db"), join(old, "clipbook.db"));
    const before = bytesIn(old);
    expect(await refusal([one, old], target)).toMatch(
      /earlier version of Clipbook \(schema 1\) \| run its clipbook index command again/,
    );
    expect(bytesIn(old)).toEqual(before);
    const late = place("late");
    cpSync(one, late, { recursive: true });
    const later = new DatabaseSync(join(late, "clipbook.db"));
    later.exec("PRAGMA user_version = 99");
    later.close();
    expect(await refusal([one, late], target)).toContain("later version of Clipbook (schema 99)");
    openStudy(place("classified")).close();
    expect(await refusal([one, join(folder, "classified")], target)).toContain(
      "nothing tells what was indexed in this study",
    );
    expect(existsSync(target)).toBe(false);
  });

  it("a damaged source, by its name: a cut file, a cut vector, one that a disk changed", async () => {
    const folder = temporaryFolder();
    const [one] = writeShards(folder, keys, 1) as [string];
    const damage = (name: string, sql: string) => {
      const copy = join(folder, name);
      cpSync(one, copy, { recursive: true });
      const database = new DatabaseSync(join(copy, "clipbook.db"));
      database.exec(sql);
      database.close();
      return copy;
    };
    const target = (name: string) => join(folder, `all ${name}`);
    const cutVector = damage(
      "cut vector",
      "UPDATE embedding SET vector = substr(vector, 1, 12) WHERE image_id = 3",
    );
    expect(await refusal([cutVector], target("1"))).toContain(
      `${cutVector}: the study's embedding of image 3 is damaged`,
    );
    const changed = damage("changed", "UPDATE embedding SET vector = zeroblob(32) WHERE image_id = 40");
    expect(await refusal([changed], target("2"))).toContain("embedding of image 40 is damaged");
    const nan = damage(
      "nan",
      "UPDATE embedding SET vector = CAST(x'0000c07f' || substr(vector, 5) AS BLOB) WHERE image_id = 1",
    );
    expect(await refusal([nan], target("3"))).toContain("embedding of image 1 is damaged");
    const cut = damage("cut", "SELECT 1");
    truncateSync(join(cut, "clipbook.db"), 16384 * 5);
    expect(await refusal([cut], target("4"))).toMatch(/cut.clipbook\.db: the study's database is damaged/);
  });
});
