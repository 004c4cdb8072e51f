import { describe, expect, it } from "vitest";
import { maybeUnusedTaskNote, readShard } from "../../src/cli/readShard.ts";
import { UserError } from "../../src/errors.ts";

/** What Slurm sets for a task of an array. */
function slurm(id: string, count: number, min: number, max: number, step = 1) {
  return {
    SLURM_ARRAY_TASK_ID: id,
    SLURM_ARRAY_TASK_COUNT: String(count),
    SLURM_ARRAY_TASK_MIN: String(min),
    SLURM_ARRAY_TASK_MAX: String(max),
    SLURM_ARRAY_TASK_STEP: String(step),
  };
}

function refusal(text: string, environment: Readonly<Record<string, string | undefined>> = {}): string {
  try {
    readShard(text, environment);
  } catch (error) {
    if (error instanceof UserError) return `${error.message} | ${error.hint}`;
    throw error;
  }
  throw new Error(`--shard ${text} was understood`);
}

describe("--shard", () => {
  it("takes the number from 1 and how many there are", () => {
    expect(readShard("7/100", {})).toEqual({ number: 7, of: 100 });
    expect(readShard("1/1", {})).toEqual({ number: 1, of: 1 });
    expect(readShard("100/100", slurm("3", 10, 1, 10))).toEqual({ number: 100, of: 100 });
  });

  it.each([
    "0/10",
    "11/10",
    "1/0",
    "0/0",
    "a/b",
    "1.5/2",
    "1/2.5",
    "-1/3",
    "1/-3",
    "1",
    "1/",
    "/2",
    "",
    "1/2/3",
    "1e1/20",
    "١/٢",
    "1/99999999",
    "auto/",
    "auto/x",
    "auto/0",
    "Auto",
  ])("refuses %j", (text) => {
    expect(refusal(text, slurm("1", 2, 1, 2))).toContain("--shard");
  });

  it("says which shards there are", () => {
    expect(refusal("0/10")).toBe(
      "--shard 0/10: there is no shard 0 of 10 | shards are counted from 1: 1/10 to 10/10",
    );
  });

  it("takes the place of a task in a whole Slurm array, from 0, from 1 or in steps", () => {
    expect(readShard("auto", slurm("0", 10, 0, 9))).toEqual({ number: 1, of: 10 });
    expect(readShard("auto", slurm("9", 10, 0, 9))).toEqual({ number: 10, of: 10 });
    expect(readShard("auto", slurm("4", 4, 1, 4))).toEqual({ number: 4, of: 4 });
    // sbatch --array=0-9:3 has the tasks 0, 3, 6 and 9.
    expect([0, 3, 6, 9].map((id) => readShard("auto", slurm(String(id), 4, 0, 9, 3)).number)).toEqual([
      1, 2, 3, 4,
    ]);
    // --array=0-10:3 ends at 9, too: Slurm says what was asked for, or what there is.
    expect(readShard("auto", slurm("9", 4, 0, 10, 3))).toEqual({ number: 4, of: 4 });
  });

  it("refuses a Slurm array that may be a part of another one", () => {
    expect(refusal("auto", slurm("7", 1, 7, 7))).toContain("may be a part of another one");
    expect(refusal("auto", slurm("1", 1, 1, 1))).toContain("may be a part of another one");
    expect(refusal("auto", slurm("8", 3, 7, 9))).toContain("--shard auto/100 with --array=1-100");
    // sbatch --array=1,5,7
    expect(refusal("auto", slurm("5", 3, 1, 7))).toContain("has gaps");
    expect(refusal("auto", slurm("5", 3, 0, 6, 3))).toContain("has gaps");
    expect(refusal("auto", { ...slurm("1", 3, 1, 3), SLURM_ARRAY_TASK_COUNT: undefined })).toContain(
      "SLURM_ARRAY_TASK_COUNT is not set",
    );
    expect(refusal("auto", { ...slurm("1", 3, 1, 3), SLURM_ARRAY_TASK_ID: "x" })).toContain(
      'SLURM_ARRAY_TASK_ID is "x"',
    );
  });

  it("takes a Slurm task's number as the shard's where it is told how many there are, also for some tasks alone", () => {
    expect(readShard("auto/100", slurm("7", 1, 7, 7))).toEqual({ number: 7, of: 100 });
    expect(readShard("auto/100", slurm("12", 2, 7, 12, 5))).toEqual({ number: 12, of: 100 });
    expect(refusal("auto/100", slurm("0", 100, 0, 99))).toContain("begins at 0");
    expect(refusal("auto/100", slurm("5", 100, 0, 99))).toContain("begins at 0");
    expect(refusal("auto/100", slurm("101", 200, 1, 200))).toContain("there is no shard 101 of 100");
  });

  it("counts an Indexed Job of Kubernetes from 0, and has to be told how many there are", () => {
    expect(readShard("auto/100", { JOB_COMPLETION_INDEX: "0" })).toEqual({ number: 1, of: 100 });
    expect(readShard("auto/100", { JOB_COMPLETION_INDEX: "99" })).toEqual({ number: 100, of: 100 });
    expect(refusal("auto/100", { JOB_COMPLETION_INDEX: "100" })).toContain("there is no shard 101 of 100");
    expect(refusal("auto", { JOB_COMPLETION_INDEX: "3" })).toContain("auto/100");
    expect(refusal("auto/9", { JOB_COMPLETION_INDEX: "" })).toContain('JOB_COMPLETION_INDEX is ""');
  });

  it("refuses auto outside of a batch system and in two of them", () => {
    expect(refusal("auto")).toContain("no task of a Slurm array");
    expect(refusal("auto/4")).toContain("no task of a Slurm array");
    expect(refusal("auto/4", { ...slurm("1", 4, 1, 4), JOB_COMPLETION_INDEX: "0" })).toContain("of Slurm");
  });

  it("is missed in a task's environment, and nowhere else", () => {
    expect(maybeUnusedTaskNote(slurm("3", 4, 1, 4))).toContain("task 3 of a Slurm array");
    expect(maybeUnusedTaskNote({ JOB_COMPLETION_INDEX: "0" })).toContain("index 0 of a Kubernetes Job");
    expect(maybeUnusedTaskNote({ SLURM_JOB_ID: "1" })).toBeUndefined();
  });
});
