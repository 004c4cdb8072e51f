import { describe, expect, it } from "vitest";
import { openWorkerTally } from "../../../src/pipeline/queue/workerTally.ts";

const beat = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  isLocal: false,
  beat: 1,
  embedded: 0,
  failed: 0,
  reference: "",
  ...more,
});
const outcomes = [{ kind: "embedded" }, { kind: "failed" }, { kind: "unreachable" }] as const;

describe("openWorkerTally", () => {
  it("counts what was taken from whom, also of a worker that has left", () => {
    const tally = openWorkerTally();
    tally.see([beat("1-a", "1@a", { isLocal: true }), beat("2-b", "2@b", { embedded: 99 })]);
    tally.add("1-a", outcomes);
    tally.add("1-a", outcomes);
    tally.see([]);
    expect(tally.shares()).toEqual([
      { name: "1@a", isLocal: true, embedded: 2, failed: 2 },
      { name: "2@b", isLocal: false, embedded: 0, failed: 0 },
    ]);
  });

  it("knows a worker by its id until it has told its name", () => {
    const tally = openWorkerTally();
    tally.add("1-a", outcomes);
    expect([tally.knows("1-a"), tally.shares()[0]?.name]).toEqual([false, "1-a"]);
    tally.see([beat("1-a", "1@a")]);
    expect([tally.knows("1-a"), tally.shares()[0]?.name]).toEqual([true, "1@a"]);
  });

  it("adds up those of one name", () => {
    const tally = openWorkerTally();
    tally.see([beat("1-a", "1@a"), beat("1-b", "1@a")]);
    tally.add("1-a", outcomes);
    tally.add("1-b", outcomes);
    expect(tally.shares()).toEqual([{ name: "1@a", isLocal: false, embedded: 2, failed: 2 }]);
  });
});
