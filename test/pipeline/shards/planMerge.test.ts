import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { chooseUnits } from "../../../src/pipeline/shards/chooseUnits.ts";
import { type DescribedIndexing, planMerge } from "../../../src/pipeline/shards/planMerge.ts";
import type { EncoderRecord } from "../../../src/store/embeddingStore.ts";
import { encoderRecord } from "../../store/runSpec.ts";

interface Changes {
  readonly encoder?: Partial<EncoderRecord>;
  readonly modelName?: string;
  readonly view?: string;
  readonly isCutOff?: boolean;
  readonly keys?: readonly string[];
  readonly failures?: Readonly<Record<string, number>>;
  readonly versions?: DescribedIndexing["versions"];
}

const list = ["a", "b", "c", "d", "e", "f", "g"];

/** An indexing of a shard, `2/3`, or of a whole list, `whole`. */
function indexing(what: string, changes: Changes = {}): DescribedIndexing {
  const [number = 0, of = 0] = what.split("/").map(Number);
  const shard = what === "whole" ? undefined : { number, of };
  const choice = chooseUnits(shard);
  for (const key of changes.keys ?? list) choice.wants(key);
  const { failures = {} } = changes;
  return {
    id: 1,
    encoderId: 1,
    encoder: { ...encoderRecord, ...changes.encoder },
    view: changes.view ?? "center",
    modelName: changes.modelName ?? "tiny",
    inputs: ["in"],
    shard,
    versions: changes.versions ?? [{ name: "sharp", version: "1" }],
    startedAt: "2026-01-01T00:00:00.000Z",
    completed: changes.isCutOff
      ? undefined
      : { ...choice.tallies(), failures, ignored: 0, at: "2026-01-02T00:00:00.000Z" },
  };
}

function sources(...shards: readonly (readonly [string, Changes?])[]) {
  return shards.map(([what, changes], i) => ({ shown: `s${i + 1}`, indexings: [indexing(what, changes)] }));
}

function refusal(...args: Parameters<typeof planMerge>): string {
  try {
    planMerge(...args);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("there is a plan");
}

describe("a plan of merging", () => {
  it("tells a shard that is there twice, by its number and studies", () => {
    const failures = { corrupt: 2 };
    const plan = planMerge(sources(["1/2", { failures }], ["2/2"], ["1/2", { failures }]), []);
    expect(plan.notes).toEqual(["shard 1 of 2 is there more than once, the same each time: s1, s3"]);
    expect(plan.lists).toEqual([
      { modelName: "tiny", view: "center", shards: 2, missing: [], units: 7, failures: { corrupt: 2 } },
    ]);
  });

  it("refuses other encoders, precisions, preprocessings and views by the name of the difference", () => {
    const difference = (changes: Changes) => refusal(sources(["1/2"], ["2/2", changes]), []);
    expect(difference({ modelName: "large", encoder: { identity: "large@1" } })).toBe(
      "s1 and s2 were not indexed alike: model tiny and large",
    );
    expect(difference({ encoder: { identity: "tiny@i8", precision: "int8" } })).toContain(
      "precision fp32 and int8",
    );
    expect(difference({ encoder: { identity: "tiny@2" } })).toContain(
      "preprocessing of two versions of Clipbook",
    );
    const files = [{ name: "vision_model.onnx", bytes: 10, sha256: "01" }];
    expect(difference({ encoder: { identity: "tiny@3", files } })).toContain(
      "two models that are called tiny, with different files",
    );
    expect(difference({ view: "pad" })).toContain("view center and pad");
  });

  it("takes studies that were all indexed by the same two encoders, and refuses one that lacks the second", () => {
    const second = { encoder: { identity: "other@1" }, modelName: "other" };
    const both = ["1/2", "2/2"].map((what, i) => ({
      shown: `s${i + 1}`,
      indexings: [indexing(what), indexing(what, second)],
    }));
    expect(planMerge(both, []).lists.map(({ modelName }) => modelName)).toEqual(["tiny", "other"]);
    expect(refusal([both[0] as (typeof both)[0], ...sources(["2/2"])], [])).toContain("model other and tiny");
  });

  it("refuses shards of other numbers, of other lists, and beside a whole list", () => {
    expect(refusal(sources(["1/2"], ["2/3"]), [])).toBe(
      "s1 is shard 1 of 2, and s2 shard 2 of 3: these are two divisions",
    );
    const grown = refusal(sources(["1/2"], ["2/2", { keys: [...list, "new"] }]), []);
    expect(grown).toMatch(
      /different lists: s1 \(shard 1 of 2\) is of a list of 7 units, .*; s2 \(shard 2 of 2\) is of a list of 8 units/,
    );
    expect(refusal(sources(["1/2"], ["whole"]), [])).toBe(
      "s2 was indexed whole, and s1 is shard 1 of 2 of a list",
    );
    // With --allow-missing, too: nobody could tell what is missing.
    expect(refusal(sources(["1/2"], ["2/3"]), [], { allowMissing: true })).toContain("two divisions");
  });

  it("puts lists together that were indexed whole", () => {
    const plan = planMerge(sources(["whole"], ["whole", { keys: ["x", "y"] }]), []);
    expect(plan).toEqual({
      lists: [{ modelName: "tiny", view: "center", shards: undefined, missing: [], units: 9, failures: {} }],
      notes: [],
    });
  });

  it("tells shards that were cut off, unless they are there in another study", () => {
    const cut = sources(["1/3"], ["2/3", { isCutOff: true }], ["3/3"]);
    expect(refusal(cut, [])).toBe("not indexed to the end: s2 (shard 2 of 3)");
    expect(planMerge(cut, [], { allowMissing: true })).toMatchObject({
      lists: [{ missing: [2] }],
      notes: ["s2, shard 2 of 3, was cut off: what it has is merged", "missing of 3 shards: 2"],
    });
    const again = [...cut, { shown: "s4", indexings: [indexing("2/3")] }];
    expect(planMerge(again, []).notes).toEqual(["s2 was cut off, but its shard 2 is there"]);
    expect(refusal(sources(["whole", { isCutOff: true }]), [])).toBe("not indexed to the end: s1");
  });

  it("counts what the target has of the same list, and of no other", () => {
    expect(planMerge(sources(["2/2"]), [indexing("1/2")]).lists).toMatchObject([{ missing: [] }]);
    expect(refusal(sources(["2/2"]), [indexing("1/2", { keys: ["z"] })])).toContain(
      "a shard is missing of 2: 1",
    );
    expect(refusal(sources(["2/2"]), [indexing("1/2", { view: "pad" })])).toContain(
      "a shard is missing of 2: 1",
    );
  });

  it("notes several versions, and refuses a record that does not add up", () => {
    const plan = planMerge(sources(["1/2"], ["2/2", { versions: [{ name: "sharp", version: "2" }] }]), []);
    expect(plan.notes).toEqual([
      "the shards were indexed with several versions of sharp (1, 2): the same picture may differ by a little",
    ]);
    const [one, two] = sources(["1/2"], ["2/2"]) as [
      { shown: string; indexings: DescribedIndexing[] },
      { shown: string; indexings: DescribedIndexing[] },
    ];
    const { completed } = two.indexings[0] as DescribedIndexing;
    const forged = {
      ...indexing("2/2"),
      completed: completed && { ...completed, part: { units: 1, digest: "0".repeat(64) } },
    };
    expect(refusal([one, { shown: "s2", indexings: [forged] }], [])).toContain("their list has 7");
  });

  it("tells the first twelve of many missing shards", () => {
    expect(refusal(sources(["1/100"]), [])).toBe(
      "99 shards are missing of 100: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, and 87 more",
    );
  });
});
