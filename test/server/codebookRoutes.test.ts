import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CodebookDraft } from "../../src/codebook/codebookDraft.ts";
import { readDraft } from "../../src/codebook/readDraft.ts";
import { starterCodebook } from "../../src/codebook/starterCodebook.ts";
import { draftStudy, draftText, editEverything } from "../pipeline/draftStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { askApp } from "./askApp.ts";
import { contextOf, serveStudy } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

type Body = Record<string, never> & { readonly draft: CodebookDraft; readonly text: string };

/** The app over a study, without a socket. */
function appOf(folder: string, codebookPath = join(folder, "codebook.yaml")) {
  const { context, close } = contextOf(folder, { codebookPath, now: () => new Date("2026-05-01T10:00:00Z") });
  onTestFinished(close);
  const app = testedApp({ context, webFolder: folder });
  const request = async (method: string, path: string, body?: object) => {
    const response = await app.request(`/api${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  return {
    context,
    get: (path: string) => request("GET", path),
    post: (path: string, body: object) => request("POST", path, body),
    put: (path: string, body: object) => request("PUT", path, body),
  };
}

/** A study of the tiny model with one run, served. */
async function servedStudy() {
  const prepared = await draftStudy();
  return { ...prepared, ...appOf(prepared.study.directory, prepared.codebookPath) };
}

describe("GET /api/codebook", () => {
  it("gives the file's text as it is, with its digest and as a draft", async () => {
    const { get, codebookPath, base } = await servedStudy();
    const { status, body } = await get("/codebook");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ file: codebookPath, exists: true, text: draftText, form: "yaml", canComment: true, mistakes: [] },
      draft: base,
    });
    expect(body.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(body.draft.categories[0]?.comment).toBe("outdoors");
  });

  it("gives the newest run's codebook where there is no file, and else one to begin with", async () => {
    const { get, codebookPath } = await servedStudy();
    rmSync(codebookPath);
    expect((await get("/codebook")).body).toMatchObject({ exists: false, sha256: null, text: draftText });
    const empty = appOf(temporaryFolder());
    const { body } = await empty.get("/codebook");
    expect(body).toMatchObject({ exists: false, sha256: null, text: starterCodebook, mistakes: [] });
    expect(body.draft.categories).toHaveLength(4);
  });

  it("says the mistakes of a text that is no codebook, and its form", async () => {
    const folder = temporaryFolder();
    const { get } = appOf(folder);
    writeFileSync(join(folder, "codebook.yaml"), "A: []\n");
    const { body } = await get("/codebook");
    expect(body).toMatchObject({
      text: "A: []\n",
      mistakes: [{ line: 1, column: 1, what: 'category "A" has no phrases' }],
    });
    expect(body.draft).toBeUndefined();
    writeFileSync(join(folder, "codebook.yaml"), '{"A": ["x"]}');
    expect((await get("/codebook")).body).toMatchObject({ form: "json", canComment: false });
    rmSync(join(folder, "codebook.yaml"));
    mkdirSync(join(folder, "codebook.yaml"));
    expect(await get("/codebook")).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("no file") },
    });
  });
});

describe("PUT /api/codebook", () => {
  it("leaves a file that is not UTF-8 as it is, byte by byte", async () => {
    const folder = temporaryFolder();
    const { get, put, context } = appOf(folder);
    const path = join(folder, "codebook.yaml");
    const latin1 = Buffer.from("# Grüße\nA:\n  - one thing\nB:\n  - other thing\n", "latin1");
    writeFileSync(path, latin1);
    const { body } = await get("/codebook");
    expect(body.draft).toBeUndefined();
    expect(body).toMatchObject({
      mistakes: [{ line: 1, column: 5, what: expect.stringContaining("not UTF-8") }],
    });
    const draft = readDraft("A:\n  - one thing\n", path);
    expect(await put("/codebook", { baseSha256: body.sha256, baseText: body.text, draft })).toMatchObject({
      status: 400,
      body: { mistakes: [{ line: 1, column: 5 }] },
    });
    expect(readFileSync(path).equals(latin1)).toBe(true);
    expect(context.study.codebookVersions.list("codebook.yaml")).toEqual([]);
  });

  it("saves a draft, gives it back as it reads now, and lists the versions", async () => {
    const { get, put, base, codebookPath, textOf } = await servedStudy();
    const { body: read } = await get("/codebook");
    const draft = editEverything(base);
    const saved = await put("/codebook", { baseSha256: read.sha256, baseText: read.text, draft });
    expect(saved.status).toBe(200);
    expect(readFileSync(codebookPath, "utf8")).toBe(textOf(draft));
    const { body: again } = await get("/codebook");
    expect(saved.body).toMatchObject({
      file: codebookPath,
      text: again.text,
      sha256: again.sha256,
      draft: again.draft,
    });
    expect(again.draft.categories.map(({ source }) => source)).toEqual([0, 1, 2, 3, 4]);
    const { body } = await get("/codebook/versions");
    const versions = body.versions as unknown as { id: number; origin: string; savedAt: string }[];
    expect(versions.map(({ origin }) => origin)).toEqual(["app", "disk"]);
    expect(versions[0]?.savedAt).toBe("2026-05-01T10:00:00.000Z");
    const first = await get(`/codebook/versions/${versions[1]?.id}`);
    expect(first.body).toMatchObject({ id: versions[1]?.id, text: draftText, origin: "disk" });
    expect((await get("/codebook/versions/999")).status).toBe(404);
    expect((await get("/codebook/versions/x")).status).toBe(400);
  });

  it("answers with both texts when the file changed, was made, or is gone", async () => {
    const { get, put, base, codebookPath, textOf } = await servedStudy();
    const { body: read } = await get("/codebook");
    writeFileSync(codebookPath, "A: [theirs]\n");
    const draft = editEverything(base);
    const spec = { baseSha256: read.sha256, baseText: read.text, draft };
    const conflict = await put("/codebook", spec);
    expect(conflict.status).toBe(409);
    expect(conflict.body).toMatchObject({
      error: expect.stringContaining("was changed meanwhile"),
      hint: expect.any(String),
      onDisk: { text: "A: [theirs]\n" },
      yours: textOf(draft),
    });
    expect(readFileSync(codebookPath, "utf8")).toBe("A: [theirs]\n");
    // Whoever has seen both may overwrite it knowingly; what was there is kept.
    const { sha256 } = conflict.body.onDisk as unknown as { sha256: string };
    expect((await put("/codebook", { ...spec, baseSha256: sha256 })).status).toBe(200);
    const { versions } = (await get("/codebook/versions")).body as unknown as { versions: { id: number }[] };
    expect((await get(`/codebook/versions/${versions[1]?.id}`)).body.text).toBe("A: [theirs]\n");
    rmSync(codebookPath);
    const gone = await put("/codebook", { ...spec, baseSha256: sha256 });
    expect(gone).toMatchObject({ status: 409, body: { onDisk: { text: null, sha256: null } } });
    expect(gone.body.error).toContain("was removed meanwhile");
    expect((await put("/codebook", { ...spec, baseSha256: null })).status).toBe(200);
  });

  it("refuses a draft with mistakes, each at its part, and what is no draft", async () => {
    const { get, put, base, codebookPath } = await servedStudy();
    const { body: read } = await get("/codebook");
    const [first, ...others] = base.categories;
    const draft = { ...base, categories: [{ ...first, name: " ", phrases: [] }, ...others] };
    const spec = { baseSha256: read.sha256, baseText: read.text, draft };
    const refused = await put("/codebook", spec);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      error: "the codebook has 2 mistakes",
      mistakes: [{ category: 0 }, { category: 0 }],
    });
    expect((await put("/codebook", { ...spec, draft: { categories: [] } })).status).toBe(400);
    expect((await put("/codebook", { ...spec, baseSha256: 7 })).status).toBe(400);
    expect(readFileSync(codebookPath, "utf8")).toBe(draftText);
  });

  it("saves what is hard to write, and reads it back", async () => {
    const { get, put } = appOf(temporaryFolder());
    const { body: read } = await get("/codebook");
    const hostile = [
      "<script>alert(1)</script>",
      '"; DROP TABLE run; --',
      "../../etc/passwd",
      "שלום {} 🎉",
      "# no",
      "a: [b",
    ];
    const categories = hostile.map((name, i) => ({
      name,
      comment: `${name} #`,
      phrases: [{ text: `${i} ${name}`, comment: name }],
    }));
    const draft = {
      templates: [],
      categories: [{ ...read.draft.categories[0], phrases: [{ text: "x" }] }, ...categories],
    };
    const saved = await put("/codebook", { baseSha256: null, baseText: read.text, draft });
    expect(saved.status).toBe(200);
    const { body } = await get("/codebook");
    expect(
      body.draft.categories
        .slice(1)
        .map(({ name, comment, phrases: [phrase] }) => [name, comment, phrase?.text, phrase?.comment]),
    ).toEqual(hostile.map((name, i) => [name, `${name} #`, `${i} ${name}`, name]));
  });
});

describe("POST /api/drafts", () => {
  it("reports, and lists the moved images", async () => {
    const { get, post, run, base } = await servedStudy();
    const request = { runId: run.id, baseText: draftText, draft: editEverything(base) };
    const { status, body } = await post("/drafts", request);
    expect(status).toBe(200);
    const { draftId, scores } = body as unknown as { draftId: string; scores: { moved: number } };
    const moves = await get(`/drafts/${draftId}/moves?offset=0&limit=2`);
    expect(moves).toMatchObject({ status: 200, body: { total: scores.moved } });
    expect(moves.body.items).toHaveLength(Math.min(2, scores.moved));
    const none = await get(`/drafts/${draftId}/moves?from=${encodeURIComponent("<b>&")}`);
    expect(none.body).toEqual({ total: 0, items: [] });
    expect((await get("/drafts/unknown/moves")).status).toBe(404);
    expect((await get(`/drafts/${draftId}/moves?limit=0`)).status).toBe(400);
    expect((await get(`/drafts/${draftId}/moves?limit=501`)).status).toBe(400);
    expect((await post("/drafts", { ...request, runId: 99 })).status).toBe(404);
    expect(await post("/drafts", { ...request, baseText: "A: []" })).toMatchObject({ status: 400 });
    const unknown = { ...request, draft: { ...base, colour: "red" } };
    expect((await post("/drafts", unknown)).status).toBe(400);
  });

  it("drops what nobody waits for any more", async () => {
    const { run, base, context } = await servedStudy();
    const controller = new AbortController();
    const body = JSON.stringify({ runId: run.id, baseText: draftText, draft: editEverything(base) });
    const answer = testedApp({ context, webFolder: "." }).request("http://localhost/api/drafts", {
      method: "POST",
      body,
      signal: controller.signal,
      headers: { "Content-Type": "application/json" },
    });
    controller.abort();
    expect((await answer).status).toBe(410);
  });

  it("drops it, too, when the browser closes the connection", async () => {
    const { study, codebookPath, run, base } = await draftStudy();
    const { address, faults, context, close } = await serveStudy(study.directory, { codebookPath });
    onTestFinished(close);
    const signals: AbortSignal[] = [];
    const { cosinesWith } = context.runVectors;
    // Slow enough for the browser to lose its patience.
    const slow: typeof cosinesWith = async (of, references, signal) => {
      if (signal) signals.push(signal);
      await new Promise((resolve) => signal?.addEventListener("abort", resolve));
      return cosinesWith(of, references, signal);
    };
    Object.assign(context.runVectors, { cosinesWith: slow });
    const controller = new AbortController();
    const asked = askApp(`${address}/api/drafts`, {
      method: "POST",
      body: JSON.stringify({ runId: run.id, baseText: draftText, draft: editEverything(base) }),
      headers: { "Content-Type": "application/json" },
      signal: controller.signal,
    });
    while (signals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(asked).rejects.toThrow();
    while (!signals[0]?.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
    Object.assign(context.runVectors, { cosinesWith });
    // The next edit is not held up by the one that was given up.
    const next = await askApp(`${address}/api/drafts`, {
      method: "POST",
      body: JSON.stringify({ runId: run.id, baseText: draftText, draft: base }),
      headers: { "Content-Type": "application/json" },
    });
    expect(((await next.json()) as { scores: { moved: number } }).scores.moved).toBe(0);
    expect(faults).toEqual([]);
  });
});

describe("POST /api/runs", () => {
  it("classifies the run's units again with the codebook on the disk", async () => {
    const { get, post, run, base, codebookPath, textOf, study } = await servedStudy();
    writeFileSync(codebookPath, textOf(editEverything(base)));
    const { status, body } = await post("/runs", { runId: run.id });
    expect(status).toBe(200);
    const runId = body.runId as unknown as number;
    expect(study.runs.maybeGet(runId)?.settings.againOf).toBe(run.id);
    const { body: summary } = await get(`/runs/${runId}`);
    const { categories } = summary as unknown as { categories: { name: string }[] };
    expect(categories.map(({ name }) => name)).toEqual(["Humans", "Landscape", "Print", "Drawing", "Other"]);
    expect((await post("/runs", { runId: 99 })).status).toBe(404);
    writeFileSync(codebookPath, "A: []\n");
    expect(await post("/runs", { runId: run.id })).toMatchObject({
      status: 400,
      body: { mistakes: [{ line: 1, column: 1 }] },
    });
  });
});
