import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { maybeTableOfRun } from "../../src/pipeline/tableOfRun.ts";
import { loadTinyModel } from "../tinyModels.ts";
import { classifyNames, pictures } from "./classifyInTest.ts";

const csv = "id,bild,copy\n007,gray.jpg,gray.jpg\n008,bad.jpg,bad.jpg\n009,photo.webp,x\n010,,\n";

async function classifiedTable() {
  const folder = pictures();
  const path = join(folder, "posts.csv");
  writeFileSync(path, csv);
  const encoder = await loadTinyModel("clip");
  const { study, run } = await classifyNames([path], encoder, { imageColumn: "bild" });
  await encoder.close();
  return { study, run, path };
}

describe("maybeTableOfRun", () => {
  it("finds the table and the column of its images by what the run's units are called", async () => {
    const { study, run, path } = await classifiedTable();
    const found = await maybeTableOfRun(study, run);
    expect(found).toMatchObject({
      name: path,
      table: { path, columns: ["id", "bild", "copy"] },
      imageColumn: "bild",
    });
  });

  it("says that the table is gone, or another one by now", async () => {
    const { study, run, path } = await classifiedTable();
    for (const changed of [
      csv.replace("photo.webp", "palette.png"),
      csv.replace("008,bad.jpg,bad.jpg\n", ""),
      `${csv}011,gray.jpg,\n`,
      "id\n1\n2\n3\n4\n",
    ]) {
      writeFileSync(path, changed);
      expect(await maybeTableOfRun(study, run)).toEqual({
        name: path,
        problem: `${path} is another table by now: its rows are not the run's`,
      });
    }
    rmSync(path);
    const gone = await maybeTableOfRun(study, run);
    expect(gone).toMatchObject({ name: path, problem: expect.stringContaining(path) });
  });

  it("is nothing for a run of pictures", async () => {
    const encoder = await loadTinyModel("clip");
    const { study, run } = await classifyNames([pictures()], encoder);
    await encoder.close();
    expect(await maybeTableOfRun(study, run)).toBeUndefined();
    expect(readFileSync(study.databasePath).length).toBeGreaterThan(0);
  });
});
