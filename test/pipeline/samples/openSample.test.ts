import { describe, expect, it } from "vitest";
import type { UserError } from "../../../src/errors.ts";
import { freezeCodebook } from "../../../src/pipeline/samples/freezeCodebook.ts";
import { openSample } from "../../../src/pipeline/samples/openSample.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

const now = "2026-05-03T10:00:00.000Z";

describe("a sealed sample", () => {
  it("is opened only when the codebook is frozen, and every opening is counted", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const sample = plainSample(study, run, { isSealed: true });
    expect(() => openSample(study, sample, [run], "evaluate", now)).toThrow("the codebook is not frozen");
    expect(study.samples.openings(sample.id)).toEqual([]);
    const freeze = freezeCodebook(study, run, now);
    expect(freezeCodebook(study, run, "2026-05-04T10:00:00.000Z")).toEqual(freeze);
    openSample(study, sample, [run], "evaluate", now);
    openSample(study, sample, [run], "screen", now);
    expect(study.samples.openings(sample.id)).toMatchObject([
      { how: "evaluate", freezeId: freeze.id, runId: run.id },
      { how: "screen" },
    ]);
  });

  it("is not opened for another codebook than the frozen one", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const sample = plainSample(study, run, { isSealed: true });
    freezeCodebook(study, run, now);
    const other = { ...run, id: 2, scoring: "sum" as const };
    expect(() => openSample(study, sample, [other], "evaluate", now)).toThrow("is not what was frozen");
    expect(() => openSample(study, sample, [run, other], "evaluate", now)).toThrow(`run ${other.id} is not`);
    const hintOf = (...runs: Parameters<typeof openSample>[2]) => {
      try {
        openSample(study, sample, runs, "evaluate", now);
      } catch (error) {
        return (error as UserError).hint;
      }
      return undefined;
    };
    expect(hintOf(other)).toContain(`evaluate run ${run.id}`);
    expect(hintOf(run, other)).toContain("leave out --compare");
  });

  it("is not needed to be sealed: an open one is counted, too", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const sample = plainSample(study, run);
    openSample(study, sample, [run], "evaluate", now);
    expect(study.samples.openings(sample.id)).toMatchObject([{ freezeId: undefined }]);
  });

  it("is one look for all runs that are shown, noted in UTC, and none where one of them may not be shown", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const sample = plainSample(study, run);
    const second = { ...run, id: 2, scoring: "sum" as const };
    openSample(study, sample, [run, second], "screen", "2026-05-03T12:00:00.000+02:00");
    expect(study.samples.openings(sample.id)).toMatchObject([{ runId: run.id, openedAt: now }]);
    const sealed = plainSample(study, run, { name: "sealed", isSealed: true });
    freezeCodebook(study, run, now);
    expect(() => openSample(study, sealed, [run, second], "screen", now)).toThrow("run 2 is not");
    expect(study.samples.openings(sealed.id)).toEqual([]);
  });

  it("is never a training round, which was not drawn", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const round = plainSample(study, run, { purpose: "training", passMark: 0.8 });
    expect(() => openSample(study, round, [run], "export gold", now)).toThrow('"test" is a training round');
    expect(study.samples.openings(round.id)).toEqual([]);
  });
});
