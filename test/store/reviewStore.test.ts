import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import type { VerdictSpec } from "../../src/store/reviewStore.ts";
import { plainRun } from "../pipeline/plainRun.ts";

const queue = `{"kind":"random","n":12,"seed":1}`;

function verdict(position: number, changes: Partial<VerdictSpec> = {}): VerdictSpec {
  return {
    runId: 1,
    position,
    reviewer: "Anna",
    verdict: "right",
    correctCategory: undefined,
    note: "",
    queue,
    judgedAt: "2026-04-03T10:00:00.000Z",
    ...changes,
  };
}

describe("verdicts", () => {
  it("are added one after the other, and the newest counts", () => {
    const { study } = plainRun({ sizes: [5, 5] });
    const first = study.reviews.add(verdict(3), 0);
    expect(first).toEqual({ added: { id: 1, ...verdict(3) } });
    const wrong = verdict(3, { verdict: "wrong", correctCategory: "Category 1", note: "two people" });
    expect(study.reviews.add(wrong, 1)).toEqual({ added: { id: 2, ...wrong } });
    expect(study.reviews.newest(1)).toEqual([{ id: 2, ...wrong }]);
    expect(study.reviews.history(1, 3)).toEqual([
      { id: 1, ...verdict(3) },
      { id: 2, ...wrong },
    ]);
  });

  it("of somebody who has not seen the newest one are refused, and nothing is written", () => {
    const { study } = plainRun({ sizes: [5] });
    study.reviews.add(verdict(0), 0);
    const newer = { id: 1, ...verdict(0) };
    for (const seen of [0, 2, 99])
      expect(study.reviews.add(verdict(0, { verdict: "wrong" }), seen)).toEqual({ newer });
    expect(study.reviews.history(1, 0)).toEqual([newer]);
    expect(study.reviews.add(verdict(0, { verdict: "wrong" }), 1)).toMatchObject({ added: { id: 2 } });
  });

  it("of two reviewers stand beside each other", () => {
    const { study } = plainRun({ sizes: [5] });
    study.reviews.add(verdict(0), 0);
    expect(study.reviews.add(verdict(0, { reviewer: "Ben", verdict: "wrong" }), 0)).toMatchObject({
      added: { id: 2 },
    });
    expect(study.reviews.newest(1).map(({ reviewer, verdict: said }) => [reviewer, said])).toEqual([
      ["Anna", "right"],
      ["Ben", "wrong"],
    ]);
    expect(study.reviews.newest(1, "Ben")).toHaveLength(1);
    expect(study.reviews.newest(1, "ben")).toEqual([]);
  });

  it("that were withdrawn stay in the history and are judged no more", () => {
    const { study } = plainRun({ sizes: [5] });
    study.reviews.add(verdict(0), 0);
    study.reviews.add(verdict(0, { verdict: "withdrawn", note: "kept" }), 1);
    study.reviews.add(verdict(1, { verdict: "skipped" }), 0);
    expect(study.reviews.newest(1).map(({ verdict: said }) => said)).toEqual(["withdrawn", "skipped"]);
    expect([...study.reviews.judged(1)].map(({ position }) => position)).toEqual([1]);
    expect([...study.reviews.judged(1, { history: true })].map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(study.reviews.reviewers(1)).toMatchObject([{ reviewer: "Anna", judged: 0, skipped: 1 }]);
  });

  it("come with the prediction that they are about", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    study.reviews.add(verdict(4), 0);
    const row = study.runs.row(run.id, 4);
    expect([...study.reviews.judged(run.id)]).toEqual([
      {
        id: 1,
        ...verdict(4),
        name: row.unit.name,
        category: row.prediction?.category,
        phrase: row.prediction?.phrase,
        probability: row.prediction?.probability,
      },
    ]);
  });

  it("belong to the run that they judged", () => {
    const { study, run } = plainRun({ sizes: [5] });
    study.reviews.add(verdict(0), 0);
    expect(study.reviews.newest(run.id + 1)).toEqual([]);
    expect(() => study.reviews.add(verdict(0, { runId: run.id + 1 }), 0)).toThrow(/FOREIGN KEY/);
    expect(() => study.reviews.add(verdict(99), 0)).toThrow(/FOREIGN KEY/);
  });

  it("name a correct category only where the prediction is wrong", () => {
    const { study } = plainRun({ sizes: [5] });
    expect(() => study.reviews.add(verdict(0, { correctCategory: "Category 0" }), 0)).toThrow(/CHECK/);
  });

  it("keep names and notes whatever they contain", () => {
    const { study } = plainRun({ sizes: [9] });
    const texts = ["'; DROP TABLE verdict; --", "line\nend", "😀ä\u0308", "مراجع", "=1+1", `"><script>`];
    texts.forEach((text, position) => {
      study.reviews.add(verdict(position, { reviewer: text, note: text }), 0);
    });
    expect(study.reviews.newest(1).map(({ reviewer, note }) => [reviewer, note])).toEqual(
      texts.map((text) => [text, text]),
    );
  });
});

describe("units to review", () => {
  it("come in the order asked for, without those that failed or are not there", () => {
    const { study, run } = plainRun({ sizes: [3, 3], failed: 2 });
    const units = study.reviews.units(run.id, [5, 6, 0, 99, 2]);
    expect(units.map(({ position }) => position)).toEqual([5, 0, 2]);
    const row = study.runs.row(run.id, 5);
    expect(units[0]).toMatchObject({ name: row.unit.name, imageId: row.imageId, ...pick(row.prediction) });
  });
});

describe("reviewers", () => {
  it("are listed with what counts of them, and the queue that they were in last", () => {
    const { study } = plainRun({ sizes: [9] });
    const other = `{"kind":"uncertain","n":9,"seed":1}`;
    study.reviews.add(verdict(0), 0);
    study.reviews.add(verdict(0, { verdict: "unsure" }), 1);
    study.reviews.add(verdict(1, { reviewer: "Ben", verdict: "wrong" }), 0);
    study.reviews.add(verdict(2, { verdict: "skipped", queue: other, judgedAt: "2026-04-04T10:00:00Z" }), 0);
    expect(study.reviews.reviewers(1)).toEqual([
      { reviewer: "Anna", judged: 1, skipped: 1, lastAt: "2026-04-04T10:00:00Z", lastQueue: other },
      { reviewer: "Ben", judged: 1, skipped: 0, lastAt: "2026-04-03T10:00:00.000Z", lastQueue: queue },
    ]);
  });
});

describe("a verdict that was answered", () => {
  it("is there after the process was killed", async () => {
    const { folder, study } = plainRun({ sizes: [40] });
    study.close();
    const child = fork(join(import.meta.dirname, "judgeUntilKilled.ts"), [folder]);
    let answered = 0;
    for await (const [last] of messages(child)) {
      answered = last as number;
      if (answered === 25) break;
    }
    child.kill("SIGKILL");
    await once(child, "exit");
    const again = openStudy(folder);
    expect(again.reviews.newest(1).length).toBeGreaterThanOrEqual(answered);
    again.close();
  });
});

async function* messages(child: ReturnType<typeof fork>): AsyncGenerator<unknown[]> {
  for (;;) yield await once(child, "message");
}

function pick(prediction: { category: number; phrase: number; probability: number } | undefined) {
  if (prediction === undefined) throw new Error("the row has no prediction");
  const { category, phrase, probability } = prediction;
  return { category, phrase, probability };
}
