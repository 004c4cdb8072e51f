import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { type GivenVerdict, recordVerdict } from "../../../src/pipeline/reviews/recordVerdict.ts";
import { drawReviewQueue } from "../../../src/pipeline/reviews/reviewQueue.ts";
import { summariseReview } from "../../../src/pipeline/reviews/summariseReview.ts";
import type { QueueSpec } from "../../../src/review/queueSpec.ts";
import { stratifiedShare } from "../../../src/stats/stratifiedShare.ts";
import { wilsonInterval } from "../../../src/stats/wilsonInterval.ts";
import type { Study } from "../../../src/store/openStudy.ts";
import type { VerdictKind } from "../../../src/store/reviewStore.ts";
import type { Run } from "../../../src/store/runStore.ts";
import { plainRun } from "../plainRun.ts";

const random: QueueSpec = { kind: "random", n: 10, seed: 1 };
const uncertain: QueueSpec = { kind: "uncertain", n: 20, seed: 1 };

/** Says something of a unit, whatever was said before. */
function judge(
  study: Study,
  run: Run,
  position: number,
  verdict: VerdictKind,
  changes: Partial<GivenVerdict> = {},
): void {
  const reviewer = changes.reviewer ?? "Anna";
  const seen = study.reviews
    .history(run.id, position)
    .filter((row) => row.reviewer === reviewer)
    .at(-1)?.id;
  const answer = recordVerdict(study, run, {
    position,
    verdict,
    correctCategory: undefined,
    note: "",
    queue: random,
    judgedAt: "2026-04-03T10:00:00.000Z",
    seen: seen ?? 0,
    ...changes,
    reviewer,
  });
  if ("newer" in answer) throw new Error("the verdict was not written");
}

/** The whole queue in order, each picture judged by its place. */
function judgeAll(study: Study, run: Run, spec: QueueSpec, by: (at: number) => VerdictKind): void {
  drawReviewQueue(study, run, spec).forEach((position, at) => {
    judge(study, run, position, by(at), { queue: spec });
  });
}

describe("what a review comes to", () => {
  it("counts per category and estimates for all images", () => {
    const { study, run } = plainRun({ sizes: [400, 90, 10] });
    const queue = drawReviewQueue(study, run, random);
    // Wrong: 2 of 10, 5 of 10, none of 10.
    const wrongLeft = [2, 5, 0];
    for (const { position, category } of study.reviews.units(run.id, queue)) {
      const left = wrongLeft[category] as number;
      wrongLeft[category] = left - 1;
      judge(study, run, position, left > 0 ? "wrong" : "right");
    }
    const summary = summariseReview(study, run, { queue: random, reviewer: "Anna" });
    expect(summary).toMatchObject({ images: 500, target: 30, right: 23, wrong: 7, unsure: 0, skipped: 0 });
    expect(summary.categories).toMatchObject([
      { name: "Category 0", images: 400, target: 10, right: 8, wrong: 2, share: 0.8, isWhole: false },
      { name: "Category 1", images: 90, target: 10, right: 5, wrong: 5, share: 0.5, isWhole: false },
      { name: "Category 2", images: 10, target: 10, right: 10, wrong: 0, share: 1, isWhole: true },
    ]);
    expect(summary.categories.map(({ interval }) => interval)).toEqual([
      wilsonInterval(8, 10),
      wilsonInterval(5, 10),
      undefined,
    ]);
    // 0.8 * 400/500 + 0.5 * 90/500 + 1 * 10/500
    expect(summary.estimate?.share).toBeCloseTo(0.75, 12);
    expect(summary.estimate).toEqual(
      stratifiedShare([
        { size: 400, judged: 10, successes: 8 },
        { size: 90, judged: 10, successes: 5 },
        { size: 10, judged: 10, successes: 10 },
      ]),
    );
  });

  it("counts images, not units that show the same one", () => {
    const { study, run } = plainRun({ sizes: [60, 60], unitsPerImage: 3 });
    judgeAll(study, run, random, () => "right");
    const { images, categories, estimate } = summariseReview(study, run, { queue: random });
    expect(images).toBe(40);
    expect(categories.map((category) => category.images)).toEqual([20, 20]);
    expect(estimate).toMatchObject({ judged: 20, size: 40, share: 1 });
  });

  it("keeps unsure and skipped apart from right and wrong", () => {
    const { study, run } = plainRun({ sizes: [100] });
    judgeAll(
      study,
      run,
      random,
      (at) => (["right", "right", "wrong", "unsure", "skipped"] as const)[at % 5] as VerdictKind,
    );
    const summary = summariseReview(study, run, { queue: random });
    expect(summary).toMatchObject({ right: 4, wrong: 2, unsure: 2, skipped: 2 });
    expect(summary.categories[0]).toMatchObject({ share: 4 / 6, interval: wilsonInterval(4, 6) });
    expect(summary.estimate).toMatchObject({ judged: 6, size: 100 });
  });

  it("says nothing in numbers before the first judgement", () => {
    const { study, run } = plainRun({ sizes: [100, 0] });
    const empty = summariseReview(study, run, { queue: random });
    expect(empty).toMatchObject({ right: 0, target: 10, estimate: undefined, judgedByMany: 0, differing: 0 });
    for (const { share, interval, isWhole } of empty.categories)
      expect([share, interval, isWhole]).toEqual([undefined, undefined, false]);
    judge(study, run, drawReviewQueue(study, run, random)[0] as number, "unsure");
    expect(summariseReview(study, run, { queue: random }).estimate).toBeUndefined();
  });

  it("is about the category of its queue where it has only one", () => {
    const { study, run } = plainRun({ sizes: [100, 50] });
    const queue = { ...random, category: 1 };
    judgeAll(study, run, queue, () => "right");
    expect(summariseReview(study, run, { queue }).estimate).toMatchObject({ judged: 10, size: 50 });
  });

  it("has no estimate and no intervals where the most uncertain came first", () => {
    const { study, run } = plainRun({ sizes: [100, 50] });
    judgeAll(study, run, uncertain, () => "wrong");
    const summary = summariseReview(study, run, { queue: uncertain });
    expect(summary).toMatchObject({ wrong: 20, estimate: undefined });
    for (const { interval } of summary.categories) expect(interval).toBeUndefined();
  });

  it("tells where wrong ones belong, the most frequent first", () => {
    const { study, run } = plainRun({ sizes: [60, 6, 6] });
    const queue = { ...random, category: 0 };
    drawReviewQueue(study, run, queue).forEach((position, at) => {
      const correctCategory = [undefined, "Category 2", "Category 1", "Category 2"][at % 4];
      judge(study, run, position, "wrong", { queue, correctCategory });
    });
    expect(summariseReview(study, run, { queue }).categories[0]?.corrections).toEqual([
      { category: 2, count: 5 },
      { category: 1, count: 2 },
    ]);
  });
});

describe("a random queue that is not done yet", () => {
  it("does not count what was judged further on among the most uncertain", () => {
    const { study, run } = plainRun({ sizes: [100, 100] });
    const queue = drawReviewQueue(study, run, random);
    for (const at of [0, 1, 7, 15]) judge(study, run, queue[at] as number, "wrong", { queue: uncertain });
    expect(summariseReview(study, run, { queue: random })).toMatchObject({ wrong: 0, right: 0 });
    judge(study, run, queue[2] as number, "right");
    expect(summariseReview(study, run, { queue: random })).toMatchObject({ wrong: 2, right: 1 });
    queue.forEach((position, at) => {
      if (![0, 1, 2, 7, 15].includes(at)) judge(study, run, position, "right");
    });
    expect(summariseReview(study, run, { queue: random })).toMatchObject({ wrong: 4, right: 16 });
  });

  it("counts what was judged before n was raised, and not in another seed's queue", () => {
    const { study, run } = plainRun({ sizes: [100, 100] });
    judgeAll(study, run, random, () => "right");
    expect(summariseReview(study, run, { queue: { ...random, n: 30 } })).toMatchObject({
      right: 20,
      target: 60,
    });
    const other = summariseReview(study, run, { queue: { ...random, seed: 2 } });
    expect(other.right).toBe(0);
  });

  it("counts on while the last verdict is taken back, also in the middle", () => {
    const { study, run } = plainRun({ sizes: [100] });
    judgeAll(study, run, random, () => "right");
    judge(study, run, drawReviewQueue(study, run, random)[3] as number, "withdrawn");
    expect(summariseReview(study, run, { queue: random })).toMatchObject({ right: 9 });
  });
});

describe("several reviewers", () => {
  it("have results of their own, and together the newest of each picture", () => {
    const { study, run } = plainRun({ sizes: [100] });
    const [first, second, third] = drawReviewQueue(study, run, random) as [number, number, number];
    for (const position of [first, second]) judge(study, run, position, "right");
    judge(study, run, first, "wrong", { reviewer: "Ben" });
    judge(study, run, second, "right", { reviewer: "Ben" });
    judge(study, run, third, "wrong", { reviewer: "Ben" });
    const of = (reviewer?: string) => summariseReview(study, run, { queue: random, reviewer });
    expect(of("Anna")).toMatchObject({ right: 2, wrong: 0, judgedByMany: 0, differing: 0 });
    expect(of("Ben")).toMatchObject({ right: 1, wrong: 2 });
    expect(of("Carla")).toMatchObject({ right: 0, wrong: 0 });
    expect(of()).toMatchObject({ right: 1, wrong: 2, judgedByMany: 2, differing: 1 });
    judge(study, run, first, "right");
    expect(of()).toMatchObject({ right: 2, wrong: 1, differing: 1 });
  });

  it("do not undo each other's verdicts by skipping or taking back", () => {
    const { study, run } = plainRun({ sizes: [100] });
    const [first, second] = drawReviewQueue(study, run, random) as [number, number];
    for (const position of [first, second]) judge(study, run, position, "right");
    judge(study, run, first, "skipped", { reviewer: "Ben" });
    judge(study, run, second, "wrong", { reviewer: "Ben" });
    judge(study, run, second, "withdrawn", { reviewer: "Ben" });
    const together = summariseReview(study, run, { queue: random });
    expect(together).toMatchObject({ right: 2, wrong: 0, skipped: 0, judgedByMany: 0, differing: 0 });
  });
});

describe("all that was reviewed in a run", () => {
  it("joins the random samples and leaves the most uncertain out", () => {
    const { study, run } = plainRun({ sizes: [300, 300] });
    judgeAll(study, run, random, () => "right");
    judgeAll(study, run, { ...random, n: 12 }, () => "right");
    const other = { ...random, seed: 2, category: 1 };
    judgeAll(study, run, other, () => "wrong");
    judgeAll(study, run, uncertain, () => "wrong");
    const sample = new Set([
      ...drawReviewQueue(study, run, { ...random, n: 12 }),
      ...drawReviewQueue(study, run, other),
    ]);
    const summary = summariseReview(study, run);
    expect(summary.target).toBe(sample.size);
    expect(summary.right + summary.wrong).toBe(sample.size);
    expect(summary.estimate?.judged).toBe(sample.size);
  });

  it("has no estimate where only uncertain ones were judged", () => {
    const { study, run } = plainRun({ sizes: [300, 300] });
    judgeAll(study, run, uncertain, () => "wrong");
    expect(summariseReview(study, run)).toMatchObject({ target: 0, wrong: 0, estimate: undefined });
  });
});

describe("a verdict", () => {
  const given = (changes: Partial<GivenVerdict>): GivenVerdict => ({
    position: 0,
    reviewer: "Anna",
    verdict: "wrong",
    correctCategory: undefined,
    note: "",
    queue: random,
    judgedAt: "2026-04-03T10:00:00.000Z",
    seen: 0,
    ...changes,
  });

  it("is refused on a unit that has no prediction", () => {
    const { study, run } = plainRun({ sizes: [3], failed: 1 });
    for (const position of [3, 99])
      expect(() => recordVerdict(study, run, given({ position }))).toThrow(UserError);
  });

  it("is refused with a correct category that the run does not have, or that is the predicted one", () => {
    const { study, run } = plainRun({ sizes: [3, 3] });
    const [unit] = study.reviews.units(run.id, [0]);
    const predicted = `Category ${unit?.category}`;
    const other = `Category ${1 - (unit?.category ?? 0)}`;
    expect(() => recordVerdict(study, run, given({ correctCategory: "Elsewhere" }))).toThrow(/no category/);
    expect(() => recordVerdict(study, run, given({ correctCategory: predicted }))).toThrow(/only a wrong/);
    expect(() => recordVerdict(study, run, given({ verdict: "right", correctCategory: other }))).toThrow(
      /only a wrong/,
    );
    expect(study.reviews.newest(run.id)).toEqual([]);
    expect(recordVerdict(study, run, given({ correctCategory: other }))).toMatchObject({
      added: { correctCategory: other, queue: JSON.stringify(random) },
    });
  });
});
