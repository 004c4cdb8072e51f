import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { classifyAgain } from "../../../src/pipeline/classifyAgain.ts";
import { classifyImported } from "../../../src/pipeline/embeddings/classifyImported.ts";
import { exportEmbeddings } from "../../../src/pipeline/embeddings/exportEmbeddings.ts";
import { importEmbeddings } from "../../../src/pipeline/embeddings/importEmbeddings.ts";
import { type VectorLayout, vectorLayouts } from "../../../src/pipeline/embeddings/vectorSource.ts";
import { loadCodebook } from "../../../src/pipeline/loadCodebook.ts";
import { makeOverview } from "../../../src/pipeline/makeOverview.ts";
import { openPhraseEncoder } from "../../../src/pipeline/phraseEncoder.ts";
import { openRunVectors } from "../../../src/pipeline/runVectors.ts";
import { summariseRun } from "../../../src/pipeline/summariseRun.ts";
import { renderOverview } from "../../../src/report/renderOverview.tsx";
import type { Run } from "../../../src/store/runStore.ts";
import { golden } from "../../images/reference.ts";
import { contextOf } from "../../server/serveStudy.ts";
import { testedApp } from "../../server/testedApp.ts";
import { loadTinyModel, tinyModelFolder } from "../../tinyModels.ts";
import { classifyNames, newStudy, pictures } from "../classifyInTest.ts";

const encoder = await loadTinyModel("clip");
const siglip = await loadTinyModel("siglip");
afterAll(async () => {
  await encoder.close();
  await siglip.close();
});

/** A run on pictures, its embeddings written in a layout and imported into another study. */
async function travelled(
  layout: VectorLayout,
  more: { float16?: boolean; rowsPerPart?: number; images?: boolean } = {},
) {
  const folder = pictures();
  const { study: source, run, folder: sourceFolder } = await classifyNames([folder], encoder);
  const { float16 = false, rowsPerPart, images = true } = more;
  const output = join(sourceFolder, "vectors");
  const exported = await exportEmbeddings({
    ...{ study: source, run, folder: output, layout, numberType: float16 ? "float16" : "float32" },
    ...(rowsPerPart !== undefined && { rowsPerPart }),
  });
  const { study, folder: home } = newStudy();
  const codebookPath = join(home, "codebook.json");
  writeFileSync(codebookPath, JSON.stringify(golden.codebook));
  const codebook = await loadCodebook(codebookPath);
  const model = tinyModelFolder("clip");
  if (!images) rmSync(folder, { recursive: true });
  const { imported } = await importEmbeddings({ study, folder: output, encoder, model });
  const classify = () => classifyImported({ study, imported, encoder, codebook });
  return { source, run, study, imported, codebook, codebookPath, classify, exported, output, model, folder };
}

/** What a run says of its units that have a vector. */
function answersOf(study: { runs: { rows(id: number): Iterable<unknown> } }, run: Run) {
  return [...(study.runs.rows(run.id) as Iterable<{ unit: { name: string }; prediction: unknown }>)].flatMap(
    ({ unit, prediction }) => (prediction === undefined ? [] : [{ name: unit.name, prediction }]),
  );
}

describe("classifying imported embeddings", () => {
  it.each(vectorLayouts)(
    "gives the bits that Clipbook's own embeddings gave, by way of %s",
    async (layout) => {
      const { source, run, study, classify, exported } = await travelled(layout, { rowsPerPart: 2 });
      expect(exported).toMatchObject({ vectors: 3, parts: 2, failed: 1 });
      const again = await classify();
      expect(answersOf(study, again)).toHaveLength(3);
      expect(answersOf(study, again)).toEqual(answersOf(source, run));
      const ids = (of: typeof study, id: number) =>
        [...of.runs.rows(id)].flatMap(({ imageId }) => imageId ?? []);
      expect(study.embeddings.vectorsOf(again.encoderId, again.view, ids(study, again.id))).toEqual(
        source.embeddings.vectorsOf(run.encoderId, run.view, ids(source, run.id)),
      );
    },
  );

  it("records what it was told to believe, in settings, summary and page", async () => {
    const { study, imported, classify } = await travelled("parquet");
    const run = await classify();
    const sentence =
      "The embeddings were made elsewhere and imported (vectors, float32); that they are of tiny-clip is what Clipbook was told, and was not checked.";
    expect(run.settings).toMatchObject({
      ...{ aboutTheModel: sentence, imported: "vectors", believedModelDigest: encoder.identity },
      importedFilesDigest: imported.origin.filesDigest,
    });
    expect(run.view).toBe("center");
    expect(summariseRun(study, run).origin).toBe(sentence);
    const html = renderOverview(await makeOverview(study, run, { writtenAt: "2026-01-02T03:04:05Z" }));
    expect(html).toContain(sentence);
    expect(html).toContain("imported float32");
    // Its files are still where their names say.
    expect(html).toContain("data:image/jpeg;base64,");
    expect(html).not.toContain("not on this machine");
  });

  it("says of pictures that are not on this machine that they are not", async () => {
    const { study, classify, codebookPath } = await travelled("npy", { images: false });
    const run = await classify();
    const html = renderOverview(await makeOverview(study, run, { writtenAt: "2026-01-02T03:04:05Z" }));
    expect(html).toContain("not on this machine");
    expect(html).not.toContain("data:image/jpeg");
    const { context, close } = contextOf(dirname(study.databasePath), { codebookPath });
    onTestFinished(close);
    const app = testedApp({ context, hosts: ["localhost"], webFolder: study.directory });
    const get = (path: string) => app.request(`/api${path}`, { headers: { host: "localhost" } });
    const unit = (await (await get(`/runs/${run.id}/units/0`)).json()) as Record<string, unknown>;
    expect(unit).toMatchObject({ format: "imported" });
    expect(unit.sizeBytes).toBeUndefined();
    expect(unit.widthPx).toBeUndefined();
    const picture = await get(`/images/${unit.imageId}/large?unit=${unit.unitId}`);
    expect(picture.status).toBe(410);
    const of = (await (await get(`/runs/${run.id}`)).json()) as { aboutTheModel: string };
    expect(of.aboutTheModel).toMatch(/^The embeddings were made elsewhere/);
  });

  it("lets a codebook be edited: new phrases are of the encoder that it was told to believe", async () => {
    const { study, classify, codebookPath, source, run: own } = await travelled("clip-retrieval");
    const run = await classify();
    const phraseEncoder = openPhraseEncoder(study);
    onTestFinished(() => phraseEncoder.close());
    writeFileSync(codebookPath, JSON.stringify({ A: ["something quite new"], B: ["and another"] }));
    const codebook = await loadCodebook(codebookPath);
    const again = await classifyAgain({ study, phraseEncoder, run, codebook });
    const references = await phraseEncoder.embeddingsOf(run, ["something quite new"]);
    expect(references).toEqual(await encoder.embedTexts(["something quite new"]));
    const { columns } = await openRunVectors(study).cosinesWith(again, references);
    const expected = await openRunVectors(source).cosinesWith(own, references);
    expect(columns).toEqual(expected.columns);
    expect(study.imports.maybeOfEncoder(again.encoderId)?.name).toBe("vectors");
    await expect(
      openPhraseEncoder(study, { model: tinyModelFolder("siglip") }).encoderOf(run),
    ).rejects.toThrow("another model than the one");
  });

  it("refuses another encoder than the one that was believed", async () => {
    const { study, imported, codebook } = await travelled("npy");
    const error = await classifyImported({ study, imported, encoder: siglip, codebook }).catch(
      (cause) => cause,
    );
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(
      /^tiny-siglip \(float32\) is another encoder than "vectors" is believed to be of: tiny-clip, float32, /,
    );
    expect(study.runs.list()).toEqual([]);
  });

  it("stays near with float16: cosines move by less than 0.001", async () => {
    const { study, source, run, classify, imported } = await travelled("npy", { float16: true });
    expect(imported.origin).toMatchObject({ numberType: "float16", normalised: 0 });
    const again = await classify();
    const references = await encoder.embedTexts(["a photo"]);
    const [near] = (await openRunVectors(study).cosinesWith(again, references)).columns;
    const [exact] = (await openRunVectors(source).cosinesWith(run, references)).columns;
    for (const [i, cosine] of (exact ?? []).entries())
      expect(Math.abs((near?.[i] ?? 9) - cosine)).toBeLessThan(0.001);
    expect(near).not.toEqual(exact);
  });
});

describe("exported embeddings", () => {
  it("are read by numpy, in the order of the tables beside them", async () => {
    const { output, source, run } = await travelled("npy", { rowsPerPart: 2 });
    expect(readdirSync(output).sort()).toEqual(
      ["embeddings_0.csv", "embeddings_0.npy", "embeddings_1.csv", "embeddings_1.npy", "encoder.json"].sort(),
    );
    const rows = [...source.runs.rows(run.id)].filter(({ imageId }) => imageId !== undefined);
    const [header, ...lines] = readFileSync(join(output, "embeddings_0.csv"), "utf8").trim().split("\n");
    expect(header).toBe("image_path,sha256,category");
    const [first] = rows;
    const sha256 = Buffer.from(source.images.get(first?.imageId as number).sha256).toString("hex");
    const category = run.codebook.categories[first?.prediction?.category as number]?.name;
    expect(lines[0]).toBe(`${first?.unit.name},${sha256},${category}`);
    expect(JSON.parse(readFileSync(join(output, "encoder.json"), "utf8"))).toMatchObject({
      ...{
        model: "tiny-clip",
        identity: encoder.identity,
        view: "center",
        layout: "npy",
        numberType: "float32",
      },
      ...{ vectors: 3, failed: 1, run: run.id },
    });
    const script = `import numpy as np, json; print(json.dumps([np.load(f"embeddings_{i}.npy").tolist() for i in range(2)]))`;
    const python = spawnSync("python3", ["-c", script], { cwd: output, encoding: "utf8" });
    if (python.error !== undefined || /No module named 'numpy'/.test(python.stderr)) {
      process.stderr.write("exported arrays: left out, there is no python3 with numpy\n");
      return;
    }
    const { values } = source.embeddings.vectorsOf(
      run.encoderId,
      run.view,
      rows.map(({ imageId }) => imageId as number),
    );
    expect((JSON.parse(python.stdout) as number[][][]).flat(2)).toEqual([...values]);
  });

  it("are there as a whole or not at all, and replace nothing", async () => {
    const { source, run, output } = await travelled("parquet");
    const parent = dirname(output);
    const write = (folder: string, signal?: AbortSignal, onProgress = () => undefined) =>
      exportEmbeddings({
        ...{ study: source, run, folder, layout: "npy", numberType: "float32", onProgress },
        ...(signal && { signal }),
      });
    await expect(write(output)).rejects.toThrow(
      "there is something of that name already, and nothing is replaced",
    );
    writeFileSync(join(parent, "file"), "x");
    await expect(write(join(parent, "file"))).rejects.toThrow("there is something of that name already");
    const abort = new AbortController();
    await expect(write(join(parent, "cut"), abort.signal, () => void abort.abort())).rejects.toThrow(
      "aborted",
    );
    expect(existsSync(join(parent, "cut"))).toBe(false);
    expect(readdirSync(parent).filter((name) => name.startsWith(".clipbook"))).toEqual([]);
    await write(join(parent, "new/folder"));
    expect(readdirSync(join(parent, "new"))).toEqual([basename("folder")]);
  });
});
