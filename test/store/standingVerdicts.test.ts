import { describe, expect, it } from "vitest";
import { saveVerdict } from "./saveVerdict.ts";
import { studyWithRun } from "./studyWithRun.ts";

describe("judgements", () => {
  it("are each reviewer's last word on a prediction, the oldest first", () => {
    const { study, runId } = studyWithRun();
    const judge = (position: number, verdict: "right" | "wrong" | "unsure" | "withdrawn", reviewer = "Ada") =>
      saveVerdict(study, { runId, position, verdict, reviewer });
    judge(0, "right");
    judge(1, "right");
    judge(1, "wrong");
    judge(0, "wrong", "Bob");
    judge(3, "right");
    judge(3, "unsure");
    saveVerdict(study, { runId, position: 3, verdict: "wrong", correctCategory: "House", reviewer: "Bob" });
    expect(
      study.reviews
        .judgements()
        .map(({ position, isRight, correctCategory, category }) => [
          position,
          isRight,
          correctCategory,
          category,
        ]),
    ).toEqual([
      [0, true, undefined, 0],
      [1, false, undefined, 1],
      [0, false, undefined, 0],
      [3, false, "House", 0],
    ]);
    judge(0, "withdrawn");
    expect(study.reviews.judgements()).toHaveLength(3);
  });
});
