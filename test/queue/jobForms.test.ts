import { describe, expect, it } from "vitest";
import { formFault } from "../../src/queue/formFault.ts";
import { jobForm, resultForm } from "../../src/queue/jobForms.ts";
import { hostileJobs, hostileResults, soundJob, soundResult } from "./hostileForms.ts";

describe("a job from Redis", () => {
  it("is taken as it was written", () => {
    expect(jobForm.parse(JSON.parse(JSON.stringify(soundJob())))).toEqual(soundJob());
  });

  it.each(["a.zip!/b/c.jpg", "..a/b..", "a/.../b", "ä/ß.jpg", "a\\..\\b", "C:/x.jpg", "#?%00"])(
    "may name %s, which stays below its root",
    (path) => {
      const job = { ...soundJob(), units: [{ ...soundJob().units[0], path }] };
      expect(jobForm.safeParse(job).success).toBe(true);
    },
  );

  it.each(hostileJobs)("is refused with a short sentence for %s", (_what, job) => {
    const { success, error } = jobForm.safeParse(job);
    expect(success).toBe(false);
    const sentence = formFault(error as NonNullable<typeof error>);
    expect(sentence).toMatch(/^[\x20-\x7e]{5,310}$/);
    expect(sentence).not.toContain("passwd");
  });
});

describe("a result from Redis", () => {
  it("is taken as it was written", () => {
    expect(resultForm.parse(JSON.parse(JSON.stringify(soundResult())))).toEqual(soundResult());
  });

  it.each(hostileResults)("is refused with a short sentence for %s", (_what, result) => {
    const { success, error } = resultForm.safeParse(result);
    expect(success).toBe(false);
    expect(formFault(error as NonNullable<typeof error>)).toMatch(/^[\x20-\x7e]{5,310}$/);
  });
});
