import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { IndexingFound, IndexingSpec } from "../../src/store/indexingStore.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { encoderRecord } from "./runSpec.ts";

function newStudy() {
  const study = openStudy(join(temporaryFolder(), "study"));
  onTestFinished(() => study.close());
  const encoderId = study.embeddings.encoderId(encoderRecord);
  const spec = (changes: Partial<IndexingSpec> = {}): IndexingSpec => ({
    encoderId,
    view: "center",
    modelName: "tiny",
    inputs: ["in", 'a folder, with "marks"'],
    shard: { number: 2, of: 3 },
    versions: [{ name: "sharp", version: "1" }],
    startedAt: "2026-01-01T00:00:00.000Z",
    ...changes,
  });
  return { indexings: study.indexings, spec };
}

function found(digest: string): IndexingFound {
  return { list: { units: 5, digest }, part: { units: 2, digest }, failures: { corrupt: 1 }, ignored: 3 };
}

const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`;

describe("the record of indexings", () => {
  it("keeps what was found, and nothing of it until the indexing is complete", () => {
    const { indexings, spec } = newStudy();
    const id = indexings.start(spec());
    expect(indexings.list()).toEqual([{ id, ...spec(), completed: undefined }]);
    indexings.complete(id, found("aa"), day(2));
    expect(indexings.list()).toEqual([{ id, ...spec(), completed: { ...found("aa"), at: day(2) } }]);
  });

  it("puts one that starts in place of all that were cut off, but for other shards of the same division", () => {
    const { indexings, spec } = newStudy();
    const shardsNow = () => indexings.list().map(({ view, shard }) => [view, shard?.number, shard?.of]);
    indexings.start(spec());
    indexings.start(spec({ shard: { number: 1, of: 3 } }));
    const again = indexings.start(spec({ inputs: ["elsewhere"] }));
    expect(shardsNow()).toEqual([
      ["center", 1, 3],
      ["center", 2, 3],
    ]);
    expect(indexings.list().at(-1)?.id).toBe(again);
    for (const changes of [{ view: "pad" }, { shard: { number: 2, of: 4 } }, { shard: undefined }, {}]) {
      const id = indexings.start(spec(changes));
      expect(indexings.list().map((indexing) => indexing.id)).toEqual([id]);
    }
    indexings.complete(indexings.start(spec()), found("aa"), day(2));
    indexings.start(spec({ view: "pad" }));
    expect(shardsNow()).toEqual([
      ["center", 2, 3],
      ["pad", 2, 3],
    ]);
  });

  it("puts one that is complete in place of an earlier one of the shard, or of the same whole inputs", () => {
    const { indexings, spec } = newStudy();
    const complete = (changes: Partial<IndexingSpec>, digest: string) =>
      indexings.complete(indexings.start(spec(changes)), found(digest), day(2));
    complete({}, "aa");
    complete({ inputs: ["elsewhere"] }, "bb");
    complete({ shard: undefined }, "cc");
    complete({ shard: undefined, inputs: ["others"] }, "dd");
    complete({ shard: undefined }, "ee");
    expect(indexings.list().map(({ completed }) => completed?.list.digest)).toEqual(["bb", "dd", "ee"]);
  });

  it("takes in another study's once, and of two states of a list the later, in either order", () => {
    const older = { ...found("aa"), at: day(2) };
    const newer = { ...found("bb"), at: day(3) };
    for (const order of [
      [older, newer, newer],
      [newer, older, newer],
    ]) {
      const { indexings, spec } = newStudy();
      for (const completed of order) indexings.addComplete({ id: 9, ...spec(), completed });
      expect(indexings.list().map(({ completed }) => completed)).toEqual([newer]);
    }
    const { indexings, spec } = newStudy();
    // Whole lists are others, not states of one.
    for (const completed of [older, newer])
      indexings.addComplete({ id: 9, ...spec({ shard: undefined }), completed });
    expect(indexings.list()).toHaveLength(2);
    expect(() => indexings.addComplete({ id: 9, ...spec(), completed: undefined })).toThrow(RangeError);
  });
});
