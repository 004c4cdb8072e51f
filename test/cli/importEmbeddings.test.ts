import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { namesOf, unitVectors, writeNpy, writeRows } from "../pipeline/embeddings/vectorFolders.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook, startClipbook, waitFor } from "./runClipbook.ts";

/** Of the demo's model. */
const dim = 128;

async function vectorsOf(count: number) {
  const folder = temporaryFolder();
  const values = unitVectors(count, dim);
  values.fill(0, dim, 2 * dim);
  writeNpy(join(folder, "emb/a.npy"), values, dim);
  await writeRows(
    join(folder, "emb/a.csv"),
    ["image_path"],
    namesOf(count).map((name) => [name]),
  );
  writeFileSync(join(folder, "codebook.yaml"), "Trees: [a tree]\nHouses: [a house]\n");
  const run = (...args: string[]) => runClipbook(args, { cwd: folder });
  return { folder, values, run };
}

describe("clipbook import embeddings", () => {
  it("and classify --imported go from vectors to a results table, and export writes them again", async () => {
    const { folder, run } = await vectorsOf(5);
    const imported = await run("import", "embeddings", "emb", "--encoder", "demo");
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.stdout).toBe(
      [
        '5 vectors of 128 numbers (float32, npy) are in the study as "emb"',
        "not to be classified, because they are zero (zero_vector): 1",
        "The embeddings were made elsewhere and imported (emb, float32); that they are of demo is what Clipbook was told, and was not checked.",
        'next: clipbook classify --imported "emb" --study .',
        "",
      ].join("\n"),
    );
    const classified = await run("classify", "--imported", "emb", "--output", "table.csv");
    expect(classified.code).toBe(0);
    expect(classified.stdout).toContain("4 images classified");
    expect(classified.stdout).toContain("1 not classified: 1 zero_vector");
    expect(classified.stdout).toContain("that they are of demo is what Clipbook was told");
    expect(existsSync(join(folder, "clipbook.lock"))).toBe(true);
    const rows = readCsv(readFileSync(join(folder, "table.csv"), "utf8"));
    expect(rows.map(({ Image }) => Image)).toEqual(namesOf(5));
    expect(rows[1]?.["Classification Error"]).toMatch(/^zero_vector: the imported vector is zero/);
    const sample = await run(
      "sample",
      "--name",
      "pilot",
      "--purpose",
      "pilot",
      "--size",
      "2",
      "--coders",
      "Ana",
    );
    expect([sample.code, sample.stdout]).toEqual([0, expect.stringContaining("Ana  coder  /code/")]);
    expect((await run("freeze")).stdout).toContain("codebook, model and settings of run 1 are final");
    const exported = await run("export", "embeddings", "--output", "out", "--float16", "--json");
    expect(JSON.parse(exported.stdout)).toEqual({
      run: 1,
      folder: "out",
      vectors: 4,
      dim,
      parts: 1,
      failed: 1,
    });
    expect(readdirSync(join(folder, "out")).sort()).toEqual(["encoder.json", "img_emb", "metadata"]);
    const again = await run("import", "embeddings", "out", "--encoder", "demo", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({
      name: "out",
      vectors: 4,
      numberType: "float16",
      storedBefore: 0,
    });
    const overview = await run("overview", "--output", "page.html");
    expect(overview.code).toBe(0);
    expect(readFileSync(join(folder, "page.html"), "utf8")).toContain("not on this machine");
  });

  it("and classify say what does not go together", async () => {
    const { run } = await vectorsOf(3);
    const hintOf = async (...args: string[]) => {
      const { code, stderr } = await run(...args);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await hintOf("classify")).toMatch(/^error: nothing to classify was named\nhint: .*--imported/m);
    expect(await hintOf("classify", "--imported", "emb")).toContain("there is no study here");
    await run("import", "embeddings", "emb", "--encoder", "demo");
    expect(await hintOf("classify", "--imported", "emb", "pictures")).toContain(
      "either embeddings or pictures",
    );
    expect(await hintOf("classify", "--imported", "emb", "--view", "pad")).toContain(
      "--view is about pictures",
    );
    expect(await hintOf("classify", "--imported", "other")).toContain(
      'no imported embeddings called "other", only "emb"',
    );
    expect(await hintOf("classify", "--imported", "emb", "--strict", "--no-overview")).toContain(
      "1 of the vectors could not be classified",
    );
    expect(await hintOf("import", "embeddings", "emb")).toContain(
      "required option '--encoder <name|dir>' not specified",
    );
  });

  it("that is killed in the middle is not there, and goes on when it is made again", async () => {
    const { folder, run, values } = await vectorsOf(60_000);
    const args = ["import", "embeddings", "emb", "--encoder", "demo"];
    const child = startClipbook(args, { cwd: folder });
    const ended = waitFor(child);
    child.stderr?.on("data", (text: string) => {
      if (/importing [2-9]0%/.test(text)) child.kill("SIGKILL");
    });
    expect((await ended).code).toBeNull();
    const open = openStudy(folder);
    expect(open.imports.list()).toEqual([]);
    expect(open.imports.unfinished()).toHaveLength(1);
    open.close();
    expect((await run("classify", "--imported", "emb")).stderr).toContain(
      'no imported embeddings called "emb"',
    );
    const again = await run(...args, "--json");
    const { storedBefore } = JSON.parse(again.stdout) as { storedBefore: number };
    expect(storedBefore).toBeGreaterThan(0);
    expect(storedBefore % 8192).toBe(0);
    const study = openStudy(folder);
    const [imported] = study.imports.list();
    const { encoderId = 0, view = "" } = imported ?? {};
    // Rows of one import are numbered one after the other.
    const ids = Array.from({ length: 60_000 }, (_, i) => i + 1).filter((id) => id !== 2);
    const stored = study.embeddings.vectorsOf(encoderId, view, ids).values;
    const expected = new Float32Array(stored.length);
    expected.set(values.subarray(0, dim));
    expected.set(values.subarray(2 * dim), dim);
    expect(Buffer.compare(Buffer.from(stored.buffer), Buffer.from(expected.buffer))).toBe(0);
    study.close();
  });
});
