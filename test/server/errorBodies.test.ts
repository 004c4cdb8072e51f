import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { createApi } from "../../src/server/createApi.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { makeDemoStudy } from "../web/demoStudy.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

/** In every path of these tests; nothing of Clipbook's own has such a name. */
const telling = "Ana-Marias-secret";

/** What may be said of each kind of place in a route, right and wrong. */
const places: Readonly<Record<string, readonly string[]>> = {
  run: ["1", "7", "x", "-1"],
  sampleId: ["1", "9"],
  imageId: ["1", "99"],
  position: ["0", "999999"],
  at: ["0", "999"],
  id: ["1", "9"],
  draftId: ["none"],
  table: ["agreement", "x"],
};

const bodies = [
  "{",
  "{}",
  '{"runId":1}',
  '{"inputs":["/INSIDE/nothing","relative"],"model":"/INSIDE/model","precision":"float32","scoring":"max"}',
  '{"runId":1,"name":"s","purpose":"test","design":{},"seed":1,"isSealed":true,"exclusions":{"samples":["none"],"reviewed":false,"examples":false}}',
  '{"baseSha256":null,"baseText":"A: [b]","draft":{"title":"","templates":[],"categories":[]}}',
];

describe("no error tells where something lies", () => {
  let folder: string;
  let root: string;
  let made: string;

  beforeAll(async () => {
    made = mkdtempSync(join(tmpdir(), "clipbook-test-"));
    root = join(made, telling, "my study");
    folder = join(root, "inner");
    mkdirSync(folder, { recursive: true });
    await makeDemoStudy(folder, 8);
  });

  afterAll(() => rmSync(made, { recursive: true }));

  /** Asks every route for everything that can be wrong with it. */
  async function sweep(codebookPath?: string) {
    const faults: unknown[] = [];
    const { context, close } = contextOf(folder, {
      ...(codebookPath !== undefined && { codebookPath }),
      onFault: (error) => faults.push(error),
    });
    onTestFinished(close);
    const { study } = context;
    const run = study.runs.maybeNewest();
    if (run === undefined) throw new Error("nothing was classified");
    const sample = study.samples.list()[0] ?? plainSample(study, run, { perCategory: 1 });
    const added = { coder: "Ana", role: "coder", addedAt: "2026-05-02T10:00:00.000Z" } as const;
    const { link } = addCoder(study, sample, added);
    const app = testedApp({ context, webFolder: join(root, "web"), onFault: (error) => faults.push(error) });
    const errors: { readonly status: number; readonly text: string }[] = [];
    const ask = async (path: string, init?: RequestInit) => {
      const response = await app.request(path, init);
      if (response.status >= 400) errors.push({ status: response.status, text: await response.text() });
      else await response.body?.cancel();
    };
    for (const { method, path } of createApi(context).routes) {
      const filled = Object.entries({ ...places, link: [link, "none"] }).reduce(
        (paths, [place, values]) =>
          paths.flatMap((one) =>
            one.includes(`:${place}`) ? values.map((value) => one.replace(`:${place}`, value)) : [one],
          ),
        [`/api${path}`],
      );
      for (const one of new Set(filled)) {
        for (const query of ["", "?x=/etc/passwd&sample=none&unit=1&px=192&from=-1&run=9"]) {
          if (method === "GET") await ask(one + query);
          if ((method === "POST" || method === "PUT") && query === "")
            for (const body of bodies)
              await ask(one + query, { method, body: body.replaceAll("INSIDE", root) });
        }
      }
    }
    await ask("/");
    return { errors, faults };
  }

  function expectNothingTold(errors: readonly { readonly text: string }[]): void {
    for (const { text } of errors) {
      expect(text).not.toContain(telling);
      expect(text).not.toMatch(/node_modules|\.tsx?:\d|\bat [\w.]+ \(|"stack"/);
      expect(JSON.parse(text)).toMatchObject({ error: expect.stringMatching(/\w/) });
    }
  }

  it("in a study that is well", async () => {
    const { errors, faults } = await sweep();
    expect(errors.length).toBeGreaterThan(100);
    expectNothingTold(errors);
    expect(faults).toEqual([]);
  });

  it.for([
    ["that cannot be read", "categories:\n\t- x: [\n"],
    ["that is no text", Buffer.from([0xff, 0xfe, 0xd8, 0x00, 0x41])],
    ["that is a folder", undefined],
  ] as const)("in a study with a codebook %s", async ([, content]) => {
    const path = join(root, "codebooks and more", "codebook.yaml");
    mkdirSync(content === undefined ? path : join(path, ".."), { recursive: true });
    if (content !== undefined) writeFileSync(path, content);
    onTestFinished(() => rmSync(path, { recursive: true }));
    const { errors } = await sweep(path);
    expect(errors.length).toBeGreaterThan(100);
    expectNothingTold(errors);
  });

  it("in a study whose pictures and database are gone", async () => {
    for (const name of ["images", "clipbook.db"]) {
      const { context, close } = contextOf(folder);
      onTestFinished(close);
      const app = testedApp({ context, webFolder: root });
      renameSync(join(folder, name), join(folder, `${name}-away`));
      for (const path of [
        "/api/study",
        "/api/runs/1/results",
        "/api/runs/1/overview",
        "/api/runs/1/units/0",
        "/api/images/1/large?unit=1",
        "/api/runs/1/review/queue?kind=random&n=2&seed=1&reviewer=Ana",
      ]) {
        const response = await app.request(path);
        if (response.status >= 400) expectNothingTold([{ text: await response.text() }]);
        else await response.body?.cancel();
      }
      renameSync(join(folder, `${name}-away`), join(folder, name));
    }
  });
});
