import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { readDraft } from "../../src/codebook/readDraft.ts";
import { maybeCodebookOnDisk } from "../../src/pipeline/drafts/codebookOnDisk.ts";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { makeDemoStudy } from "../web/demoStudy.ts";
import { askApp } from "./askApp.ts";
import { serveStudy } from "./serveStudy.ts";

const times = 50;

describe(`${times} identical posts at once`, () => {
  let folder: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;

  beforeEach(async () => {
    folder = temporaryFolder();
    await makeDemoStudy(folder, 14);
    served = await serveStudy(folder);
    onTestFinished(async () => {
      await served.close();
      expect(served.faults).toEqual([]);
    });
  });

  async function send(path: string, body: object, method = "POST") {
    const init = { method, body: JSON.stringify(body) };
    const all = await Promise.all(
      Array.from({ length: times }, () => askApp(`${served.address}/api${path}`, init)),
    );
    // biome-ignore lint/suspicious/noExplicitAny: what routes answer is not typed here
    const answers = (await Promise.all(all.map((response) => response.json()))) as any[];
    return { statuses: all.map(({ status }) => status).sort(), answers };
  }

  const accepted = (count: number, otherwise: number) => [
    ...Array<number>(count).fill(200),
    ...Array<number>(times - count).fill(otherwise),
  ];

  it("make one verdict; the others are told both values", async () => {
    const { study } = served.context;
    const queue = { kind: "random", n: 2, seed: 1 };
    const verdict = { position: 0, reviewer: "Ana", verdict: "right", note: "n", queue, seen: 0 };
    const { statuses, answers } = await send("/runs/1/review/verdicts", verdict);
    expect(statuses).toEqual(accepted(1, 409));
    expect(study.reviews.history(1, 0)).toHaveLength(1);
    const refused = answers.filter(({ error }) => error !== undefined);
    for (const { present, yours } of refused) {
      expect(present).toMatchObject({ verdict: "right", note: "n", reviewer: "Ana" });
      expect(yours).toEqual({ verdict: "right", note: "n" });
    }
    const stale = await send("/runs/1/review/verdicts", { ...verdict, verdict: "wrong", note: "later" });
    expect(stale.statuses).toEqual(accepted(0, 409));
    expect(stale.answers[0]).toMatchObject({
      present: { verdict: "right", note: "n" },
      yours: { verdict: "wrong", note: "later" },
    });
    expect(study.reviews.history(1, 0)).toHaveLength(1);
  });

  it("make one coding; the others are told both values", async () => {
    const { study } = served.context;
    const run = study.runs.maybeNewest();
    if (run === undefined) throw new Error("nothing was classified");
    const sample = plainSample(study, run, { perCategory: 1 });
    const { link } = addCoder(study, sample, {
      coder: "Ana",
      role: "coder",
      addedAt: "2026-05-02T10:00:00Z",
    });
    const value = run.codebook.categories[0]?.name as string;
    const coding = { at: 0, answer: "category", value, note: "", seen: 0 };
    const { statuses } = await send(`/coding/${link}/codings`, coding);
    expect(statuses).toEqual(accepted(1, 409));
    const before = study.codings.newestId(sample.id);
    const stale = await send(`/coding/${link}/codings`, { ...coding, answer: "unsure", value: undefined });
    expect(stale.statuses).toEqual(accepted(0, 409));
    expect(stale.answers[0]).toMatchObject({
      present: { answer: "category", value },
      yours: { answer: "unsure", value: null, note: "" },
    });
    expect(study.codings.newestId(sample.id)).toBe(before);
  });

  it("make one training round, and one answer in it, whose right one all are told", async () => {
    const { study } = served.context;
    const run = study.runs.maybeNewest();
    if (run === undefined) throw new Error("nothing was classified");
    const known = run.codebook.categories[0]?.name as string;
    const pilot = plainSample(study, run, { name: "pilot", purpose: "pilot", perCategory: 1 });
    const addedAt = "2026-05-02T10:00:00Z";
    const { link } = addCoder(study, pilot, { coder: "Ana", role: "coder", addedAt });
    const coding = { answer: "category", value: known, note: "", seen: 0 };
    const coded = await askApp(`${served.address}/api/coding/${link}/codings`, {
      method: "POST",
      body: JSON.stringify({ ...coding, at: 0 }),
    });
    expect(coded.status).toBe(200);
    const spec = { runId: 1, name: "practice", from: "pilot", passMark: 0.8, seed: 1 };
    expect((await send("/samples/training", spec)).statuses).toEqual(accepted(1, 400));
    expect(study.samples.list().map(({ name }) => name)).toEqual(["pilot", "practice"]);
    const practice = study.samples.maybeByName("practice");
    if (practice === undefined) throw new Error("there is no training round");
    const practising = addCoder(study, practice, { coder: "Ben", role: "coder", addedAt });
    const wrong = { ...coding, at: 0, answer: "unsure", value: undefined };
    const { statuses, answers } = await send(`/coding/${practising.link}/codings`, wrong);
    expect(statuses).toEqual(accepted(1, 409));
    expect(new Set(answers.map((answer) => answer.known))).toEqual(new Set([known]));
    const later = await send(`/coding/${practising.link}/codings`, { ...coding, at: 0 });
    expect(later.statuses).toEqual(accepted(0, 409));
    expect(later.answers[0]).toMatchObject({ isFinal: true, present: { answer: "unsure" } });
    expect(study.codings.history(practice.id)).toHaveLength(1);
  });

  it("make one sample, one link of a coder, and one freeze", async () => {
    const { study } = served.context;
    const exclusions = { samples: [], reviewed: false, examples: false };
    const drawn = await send("/samples", {
      ...{ runId: 1, name: "pilot", purpose: "pilot", design: { kind: "simple", size: 3 } },
      ...{ seed: 1, isSealed: false, exclusions },
    });
    expect(drawn.statuses).toEqual(accepted(1, 400));
    expect(study.samples.list().map(({ name }) => name)).toEqual(["pilot"]);
    const coders = await send("/samples/1/coders", { coder: "Ana", role: "coder" });
    expect(coders.statuses).toEqual(accepted(times, 0));
    expect(new Set(coders.answers.map(({ coder }) => coder.link)).size).toBe(1);
    expect(study.samples.coders(1)).toHaveLength(1);
    const frozen = await send("/freeze", { runId: 1 });
    expect(frozen.statuses).toEqual(accepted(times, 0));
    expect(study.samples.freezes()).toHaveLength(1);
  });

  it("make one version of the codebook; a stale one is told both texts", async () => {
    const { study, codebookPath } = served.context;
    const onDisk = maybeCodebookOnDisk(codebookPath);
    if (onDisk === undefined) throw new Error("there is no codebook");
    const draft = readDraft(onDisk.text, codebookPath);
    const body = {
      baseSha256: onDisk.sha256,
      baseText: onDisk.text,
      draft: { ...draft, title: "Another title" },
    };
    const { statuses, answers } = await send("/codebook", body, "PUT");
    expect(statuses).toEqual(accepted(1, 409));
    const text = readFileSync(codebookPath, "utf8");
    expect(text).toContain("Another title");
    const file = (await (await askApp(`${served.address}/api/codebook/versions`)).json()) as {
      versions: { origin: string }[];
    };
    expect(file.versions.map(({ origin }) => origin).sort()).toEqual(["app", "disk"]);
    for (const { error, onDisk: there, yours } of answers.filter((answer) => answer.error !== undefined))
      expect([error, there.text, yours]).toEqual([
        expect.stringMatching(/^codebook\.yaml was changed/),
        text,
        text,
      ]);
    writeFileSync(codebookPath, `${text}# by another program\n`);
    const stale = await send("/codebook", { ...body, draft: { ...draft, title: "A third" } }, "PUT");
    expect(stale.statuses).toEqual(accepted(0, 409));
    expect(stale.answers[0]).toMatchObject({
      onDisk: { text: `${text}# by another program\n` },
      yours: expect.stringContaining("A third"),
    });
    expect(study.runs.list()).toHaveLength(1);
  });

  it("make one run, however late they come", async () => {
    const { study } = served.context;
    const first = await send("/runs", { runId: 1 });
    // Those that came while it was made were told so.
    expect(new Set(first.statuses)).toEqual(new Set(first.statuses.includes(400) ? [200, 400] : [200]));
    const again = await send("/runs", { runId: 1 });
    expect(new Set([...first.answers, ...again.answers].flatMap(({ runId }) => runId ?? []))).toEqual(
      new Set([2]),
    );
    expect(again.statuses).toContain(200);
    expect(study.runs.list()).toHaveLength(2);
  });

  it("begin one job", async () => {
    const spec = { inputs: [join(folder, "images")], model: "demo", precision: "float32", scoring: "max" };
    const { statuses } = await send("/indexing", spec);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([200, 409]));
    expect(served.context.indexing.state().job).toBe(1);
  });
});
