import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { createAccessKeys } from "../../src/server/accessKeys.ts";
import { createApp } from "../../src/server/createApp.ts";
import type { Sample } from "../../src/store/sampleStore.ts";
import type { CodingRole } from "../../src/validation/coding.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { type PlainSampleSpec, plainSample } from "../pipeline/samples/plainSample.ts";
import { contextOf } from "./serveStudy.ts";

const names = ["Trees & <b>", "Houses"];

/** A sample of eight images without pictures, and a way to ask as somebody with a link. */
const isResearcher = (path: string) => path.startsWith("/api/samples/");

function serve(spec: PlainSampleSpec = {}) {
  const { folder, study, run } = plainRun({
    sizes: [20, 20],
    names,
    phrases: ["phrase-of-trees", "phrase-of-houses"],
    unitName: (position) => `unit-name-${position}.jpg`,
  });
  const sample = plainSample(study, run, { perCategory: 4, ...spec });
  const { context, close } = contextOf(folder, { now: () => new Date("2026-05-03T10:00:00Z") });
  onTestFinished(close);
  const webFolder = join(packageRoot, "dist/web");
  const keys = createAccessKeys();
  const app = createApp({ context, access: { hosts: undefined, keys }, webFolder });
  const request = async (path: string, init: RequestInit = {}) =>
    app.request(`http://lab:4700${path}`, {
      ...init,
      headers: {
        host: "lab:4700",
        // The researcher's own; coders have nothing but their link.
        ...(isResearcher(path) && { "x-clipbook-token": keys.token }),
        ...init.headers,
      },
    });
  const get = async (path: string) => {
    const response = await request(path);
    return { status: response.status, body: await response.json() };
  };
  const post = async (path: string, body: object) => {
    const response = await request(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const as = (coder: string, role: CodingRole = "coder") => {
    const { link } = addCoder(study, sample, { coder, role, addedAt: "2026-05-02T10:00:00.000Z" });
    return {
      link,
      view: async () => (await get(`/api/coding/${link}`)).body,
      code: (at: number, changes: object = {}) =>
        post(`/api/coding/${link}/codings`, {
          at,
          answer: "category",
          value: "Houses",
          note: "",
          seconds: 3.2,
          seen: 0,
          ...changes,
        }),
    };
  };
  return { study, run, sample, request, get, post, as };
}

/** The place behind an image of a coder's order, told by what was stored. */
function placesOf(study: ReturnType<typeof serve>["study"], sample: Sample): number[] {
  return study.codings.history(sample.id).map(({ place }) => place);
}

describe("an adjudicator who is a coder, too", () => {
  it("sees nothing of the others before everything is coded", async () => {
    const { as, request } = serve();
    const [judge, anna, ben] = [as("ANNA", "adjudicator"), as("Anna"), as("Ben")];
    for (let at = 0; at < 8; at++) await ben.code(at, { value: names[at % 2] });
    for (let at = 0; at < 7; at++) await anna.code(at);
    const refusal = {
      error: 'Anna is a coder of sample "test", too, and has not coded 1 of its 8 images yet',
      hint: "finish coding first, by the coder's own link: adjudication shows what the others said",
    };
    expect(await judge.view()).toEqual(refusal);
    expect(await judge.code(0)).toEqual({ status: 400, body: refusal });
    expect((await request(`/api/coding/${judge.link}/images/0?px=384`)).status).toBe(400);
    await anna.code(7);
    expect((await judge.view()).images.length).toBeGreaterThan(0);
    // Taken back, it is open again.
    const { images } = await anna.view();
    await anna.code(7, { answer: "withdrawn", value: undefined, seen: images[7].own.id });
    expect(await judge.view()).toEqual(refusal);
  });
});

describe("a coder's link", () => {
  it("tells what to code, and nothing of predictions, of the design, of files, or of other coders", async () => {
    const { request, as, study, sample } = serve();
    const anna = as("Anna");
    await as("Ben").code(0, { note: "a secret note" });
    expect(await anna.view()).toEqual({
      sample: { name: "test", purpose: "test", size: 8, passMark: null },
      title: "",
      coder: "Anna",
      role: "coder",
      categories: names.map((name) => ({ name, description: null, instructions: null })),
      images: Array.from({ length: 8 }, (_, at) => ({ at, own: null, known: null, codes: [] })),
      waiting: 0,
      score: null,
    });
    const text = await (await request(`/api/coding/${anna.link}`)).text();
    expect(text).not.toMatch(/phrase|probability|stratum|position|unit-name|place|imageId|sha|secret|Ben/i);
    const { probability } = study.runs.row(sample.runId, 0).prediction ?? {};
    expect(text).not.toContain(String(probability).slice(0, 6));
  });

  it("leads to an order of the coder's own, which is the same after every reload", async () => {
    const { as, study, sample } = serve();
    for (const coder of [as("Anna"), as("Ben")]) {
      for (let at = 0; at < 8; at++) expect((await coder.code(at)).status).toBe(200);
    }
    const places = placesOf(study, sample);
    const [anna, ben] = [places.slice(0, 8), places.slice(8)];
    expect(anna.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(ben.toSorted()).toEqual(anna.toSorted());
    expect(ben).not.toEqual(anna);
  });

  it("writes what is said, with the time it took, and knows it again", async () => {
    const { as, study, sample } = serve();
    const anna = as("Anna");
    const first = await anna.code(2, { note: "dark \ud800" });
    expect(first).toEqual({
      status: 200,
      body: { coding: { id: 1, answer: "category", value: "Houses", note: "dark \ufffd" }, known: null },
    });
    await anna.code(2, { answer: "uncodable", value: undefined, seconds: undefined, seen: 1 });
    expect((await anna.view()).images[2].own).toEqual({ id: 2, answer: "uncodable", value: null, note: "" });
    expect(study.codings.history(sample.id)).toMatchObject([
      { coder: "Anna", role: "coder", seconds: 3.2, source: "screen", codedAt: "2026-05-03T10:00:00.000Z" },
      { answer: "uncodable", value: undefined, seconds: undefined },
    ]);
  });

  it("refuses to overwrite what was coded in another tab, and shows it", async () => {
    const { as, study, sample } = serve();
    const anna = as("Anna");
    await anna.code(2, { note: "the other tab" });
    expect(await anna.code(2, { value: names[0] })).toEqual({
      status: 409,
      body: {
        error: "you have coded this image elsewhere meanwhile",
        hint: "choose which of the two is to stand",
        present: { id: 1, answer: "category", value: "Houses", note: "the other tab" },
        yours: { answer: "category", value: names[0], note: "" },
        isFinal: false,
        known: null,
      },
    });
    expect(study.codings.history(sample.id)).toHaveLength(1);
    expect((await anna.code(2, { value: names[0], seen: 1 })).status).toBe(200);
  });

  it.each([
    [{ at: 8 }, "the sample has no image 8"],
    [{ value: "Cats" }, 'sample "test" has no category "Cats"'],
    [{ answer: "unsure" }, 'sample "test" has no category "Houses"'],
    [{ place: 1 }, "the request cannot be read"],
    [{ coder: "Ben" }, "the request cannot be read"],
    [{ seconds: -1 }, "the request cannot be read"],
  ])("takes nothing else: %j", async (changes, message) => {
    const { as, study, sample } = serve();
    const { status, body } = await as("Anna").code(0, changes);
    expect([status, body.error]).toEqual([400, expect.stringContaining(message)]);
    expect(study.codings.history(sample.id)).toEqual([]);
  });

  it.each(["", "/codings", "/images/0"])("that nobody was given leads nowhere: %s", async (rest) => {
    const { request } = serve();
    const response = await request(`/api/coding/AAAAAAAAAAAAAAAAAAAAAA${rest}`, {
      ...(rest === "/codings" && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ at: 0, answer: "unsure", note: "", seen: 0 }),
      }),
    });
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        error: "this link leads to no sample",
        hint: "copy the whole link that you were given, or ask for a new one",
      },
    ]);
  });
});

describe("a study that is open beyond this machine", () => {
  it("lets coders in by their link alone, and to nothing else", async () => {
    const { as, request } = serve();
    const anna = as("Anna");
    expect((await anna.view()).coder).toBe("Anna");
    expect((await anna.code(0)).status).toBe(200);
    const page = await request(`/code/${anna.link}`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const [script] = /\/assets\/[\w.-]+\.js/.exec(await page.text()) ?? [];
    expect((await request(script as string)).status).toBe(200);
    for (const path of [
      "/code/x/../../api/study",
      "/api/study",
      "/api/runs/1",
      "/api/images/1/large?unit=1",
      "/api/coding",
      `/api/coding/../study`,
      `/api/coding/${anna.link}/../../study`,
      `/api/coding%2f${anna.link}`,
    ]) {
      expect([path, (await request(path)).status]).toEqual([path, 403]);
    }
    // Encoded slashes are no way round: there is nothing below a link but its own routes.
    for (const path of [`/api/coding/${anna.link}/..%2f..%2fstudy`, `/api/coding/${anna.link}/images`]) {
      expect([path, (await request(path)).status]).toEqual([path, 404]);
    }
    const foreign = { headers: { origin: "http://evil.example" } };
    expect((await request(`/api/coding/${anna.link}`, foreign)).status).toBe(403);
  });
});

describe("a training round", () => {
  const spec: PlainSampleSpec = {
    name: "practice",
    purpose: "training",
    passMark: 0.75,
    knownCategory: () => "Houses",
  };

  it("tells the right answer after each answer, never before, and the score when all are given", async () => {
    const { as } = serve(spec);
    const anna = as("Anna");
    const before = await anna.view();
    expect(before.sample).toMatchObject({ purpose: "training", passMark: 0.75 });
    expect(before.images.map(({ known }: { known: unknown }) => known)).toEqual(Array(8).fill(null));
    expect((await anna.code(0)).body).toMatchObject({ known: "Houses", coding: { value: "Houses" } });
    expect((await anna.code(1, { value: names[0] })).body.known).toBe("Houses");
    const partly = await anna.view();
    expect(partly.score).toEqual({ right: 1, answered: 2, size: 8, hasPassed: null });
    expect(partly.images.map(({ known }: { known: unknown }) => known)).toEqual([
      "Houses",
      "Houses",
      ...Array(6).fill(null),
    ]);
    await anna.code(2, { answer: "unsure", value: undefined });
    for (const at of [3, 4, 5, 6]) await anna.code(at);
    expect((await anna.view()).score.hasPassed).toBeNull();
    await anna.code(7);
    expect((await anna.view()).score).toEqual({ right: 6, answered: 8, size: 8, hasPassed: true });
  });

  it("keeps the first answer, whatever is sent afterwards", async () => {
    const { as, study, sample } = serve(spec);
    const anna = as("Anna");
    await anna.code(0, { value: names[0] });
    for (const seen of [0, 1]) {
      expect(await anna.code(0, { seen })).toMatchObject({
        status: 409,
        body: { present: { id: 1, value: names[0] }, isFinal: true, known: "Houses" },
      });
    }
    const takenBack = await anna.code(0, { answer: "withdrawn", value: undefined, seen: 1 });
    expect([takenBack.status, takenBack.body.error]).toEqual([
      400,
      "an answer of a training round stays: the right one was told",
    ]);
    expect(study.codings.history(sample.id)).toHaveLength(1);
  });

  it("has no adjudicator", async () => {
    const { post, sample } = serve(spec);
    const { status, body } = await post(`/api/samples/${sample.id}/coders`, {
      coder: "Eve",
      role: "adjudicator",
    });
    expect([status, body.error]).toEqual([400, expect.stringContaining("is a training round")]);
  });
});

describe("an adjudicator's link", () => {
  it("shows the images on which the coders disagree, with what they said, and takes decisions on these only", async () => {
    const { as, study, sample } = serve();
    const [anna, ben, eve] = [as("Anna"), as("Ben"), as("Eve", "adjudicator")];
    expect(await eve.view()).toMatchObject({ role: "adjudicator", images: [], waiting: 8 });
    for (let at = 0; at < 8; at++) await anna.code(at, { note: at === 0 ? "the roof" : "" });
    const annas = placesOf(study, sample);
    expect(await eve.view()).toMatchObject({ images: [], waiting: 8 });
    // Ben says the same, but of the images that Anna saw first and second, and has not come to her last one.
    const toPlace = study.samples.members(sample.id).length;
    const bensOrder: number[] = [];
    for (let at = 0; at < toPlace; at++) {
      await ben.code(at);
      bensOrder.push(placesOf(study, sample).at(-1) as number);
    }
    const benAt = (annasAt: number) => bensOrder.indexOf(annas[annasAt] as number);
    const bens = new Map(
      study.codings.newest(sample.id, { coder: "Ben" }).map(({ place, id }) => [place, id]),
    );
    const seen = (annasAt: number) => ({ seen: bens.get(annas[annasAt] as number) });
    await ben.code(benAt(0), { value: names[0], ...seen(0) });
    await ben.code(benAt(1), { answer: "unsure", value: undefined, ...seen(1) });
    await ben.code(benAt(7), { answer: "withdrawn", value: undefined, ...seen(7) });
    const view = await eve.view();
    expect(view.waiting).toBe(1);
    expect(view.images.map(({ codes }: { codes: unknown }) => codes)).toEqual(
      expect.arrayContaining([
        [
          { coder: "Anna", answer: "category", value: "Houses", note: "the roof" },
          { coder: "Ben", answer: "category", value: names[0], note: "" },
        ],
        [
          { coder: "Anna", answer: "category", value: "Houses", note: "" },
          { coder: "Ben", answer: "unsure", value: null, note: "" },
        ],
      ]),
    );
    expect(view.images).toHaveLength(2);
    const [first] = view.images;
    expect((await eve.code(first.at, { value: names[0] })).status).toBe(200);
    expect((await eve.view()).images).toHaveLength(2);
    const agreed = [0, 1, 2, 3].find((at) => view.images.every((image: { at: number }) => image.at !== at));
    const refused = await eve.code(agreed as number);
    expect([refused.status, refused.body.error]).toEqual([
      400,
      "the coders do not disagree on this image any more",
    ]);
    expect(JSON.stringify(view)).not.toMatch(/phrase|probability|stratum|position|unit-name|place/i);
  });
});

describe("the researcher", () => {
  it("gives links, and sees how far everybody is", async () => {
    const { get, post, sample, as } = serve();
    const path = `/api/samples/${sample.id}/coders`;
    const added = await post(path, { coder: " Anna ", role: "coder" });
    expect(added.body.coder).toMatchObject({ coder: "Anna", role: "coder", link: expect.any(String) });
    await post(path, { coder: "Eve", role: "adjudicator" });
    const [anna, ben] = [as("Anna"), as("Ben")];
    expect(anna.link).toBe(added.body.coder.link);
    for (const [at, seconds] of [2, 8, 4].entries()) await anna.code(at, { seconds });
    await anna.code(3, { seconds: undefined });
    await anna.code(2, { answer: "withdrawn", value: undefined, seen: 3 });
    const { body } = await get(path);
    expect(body.coders).toMatchObject([
      { coder: "Anna", role: "coder", link: anna.link, coded: 3, size: 8, medianSeconds: 5, score: null },
      { coder: "Ben", role: "coder", link: ben.link, coded: 0, size: 8, medianSeconds: null },
      { coder: "Eve", role: "adjudicator", coded: 0, size: 0, medianSeconds: null },
    ]);
    expect((await get("/api/samples/99/coders")).status).toBe(404);
    expect((await post(path, { coder: "", role: "coder" })).status).toBe(400);
    expect((await post(path, { coder: "x", role: "judge" })).status).toBe(400);
  });
});
