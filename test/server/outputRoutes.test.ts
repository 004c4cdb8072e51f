import {
  copyFileSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isErrorCode } from "../../src/errorCode.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { classifyNames, pictures, readCsv } from "../pipeline/classifyInTest.ts";
import { loadTinyModel } from "../tinyModels.ts";
import { askApp } from "./askApp.ts";
import { contextOf, serveStudy } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

/** A run of a table or a folder, and the app over its study. */
async function servedRun(csv?: string) {
  const folder = pictures();
  const path = join(folder, "posts.csv");
  if (csv !== undefined) writeFileSync(path, csv);
  const encoder = await loadTinyModel("clip");
  const classified = await classifyNames([csv === undefined ? folder : path], encoder);
  await encoder.close();
  const { context, close } = contextOf(classified.study.directory);
  onTestFinished(close);
  const app = testedApp({ context, webFolder: folder });
  return { ...classified, folder, path, get: (address: string) => app.request(`/api/runs/${address}`) };
}

const csv = "\uFEFFid;bild\r\n007;gray.jpg\r\n008;bad.jpg\r\n009;photo.webp\r\n";

describe("GET /api/runs/:run/results", () => {
  it("is the table that the command line writes, to be saved under a plain name", async () => {
    const { get, run, writeText } = await servedRun();
    const response = await get(`${run.id}/results?format=csv`);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Disposition")).toBe(
      `attachment; filename="CLIP-Classification-run-${run.id}.csv"`,
    );
    expect(response.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const text = await response.text();
    expect(text).toBe(await writeText("x.csv"));
    expect(readCsv(text)).toHaveLength(4);
    expect((await get(`${run.id}/outputs`)).status).toBe(200);
    expect(await (await get(`${run.id}/outputs`)).json()).toEqual({});
    expect((await get(`${run.id}/results?format=xls`)).status).toBe(400);
    expect((await get("99/results")).status).toBe(404);
  });

  it("comes in every format that the command line writes", async () => {
    const { get, run, write } = await servedRun();
    for (const format of ["tsv", "jsonl", "parquet"]) {
      const response = await get(`${run.id}/results?format=${format}`);
      const expected = readFileSync(await write(`x.${format}`));
      expect(Buffer.from(await response.arrayBuffer()).equals(expected), format).toBe(true);
    }
  });

  it("has the columns of the table that was classified, as they are written there", async () => {
    const { get, run, inputs, writeText } = await servedRun(csv);
    const text = await (await get(`${run.id}/results`)).text();
    // Its byte-order mark is part of it; a decoder takes it off.
    expect(text).toBe(
      (await writeText("x.csv", { format: tableFormatOf("x.csv", inputs.table?.format) })).slice(1),
    );
    expect(text).toContain("007;gray.jpg;");
    expect(await (await get(`${run.id}/outputs`)).json()).toEqual({ table: inputs.names[0] });
  });

  it("says that the table is not what it was, and comes without its columns where that is asked for", async () => {
    const { get, run, path } = await servedRun(csv);
    rmSync(path);
    const refused = await get(`${run.id}/results?format=csv`);
    expect(refused.status).toBe(409);
    const { error, hint } = (await refused.json()) as { error: string; hint: string };
    expect(error).toContain("the table that was classified cannot be used any more");
    expect(hint).toContain("without its columns");
    const outputs = (await (await get(`${run.id}/outputs`)).json()) as { table: string; problem: string };
    expect(outputs).toMatchObject({ table: path, problem: expect.stringContaining("posts.csv") });
    const rows = readCsv(await (await get(`${run.id}/results?columns=without`)).text());
    expect(rows.map(({ Image }) => Image)).toEqual(["gray.jpg", "bad.jpg", "photo.webp"]);
    expect(Object.keys(rows[0] ?? {})[0]).toBe("Image");
  });

  it("calls its columns otherwise where the table has such", async () => {
    const { get, run } = await servedRun("bild,Classification\ngray.jpg,mine\n");
    const [row] = readCsv(await (await get(`${run.id}/results`)).text());
    expect(row).toMatchObject({ bild: "gray.jpg", Classification: "mine", Image: "gray.jpg" });
    expect(row?.["Clipbook Classification"]).not.toBe("");
  });

  it("goes on while reviewers write, and ends when the browser gives up", async () => {
    const { study, run } = await servedRun();
    const { address, faults, close } = await serveStudy(study.directory);
    onTestFinished(close);
    const controller = new AbortController();
    const response = await askApp(`${address}/api/runs/${run.id}/results`, { signal: controller.signal });
    expect(response.status).toBe(200);
    controller.abort();
    await expect(response.text()).rejects.toThrow();
    const again = await askApp(`${address}/api/runs/${run.id}/results`);
    expect(readCsv(await again.text())).toHaveLength(4);
    expect(faults).toEqual([]);
  });
});

/** How many descriptors of this process are this file. */
function openDescriptors(path: string): number {
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch (error) {
      // The one that lists the folder is closed by now.
      if (isErrorCode(error, "ENOENT")) return false;
      throw error;
    }
  }).length;
}

describe.runIf(process.platform === "linux")("a download that nobody reads", () => {
  it("leaves no connection open, neither given up nor asked for its headers only", async () => {
    const { study, run, folder } = await servedRun();
    const { context, close } = contextOf(study.directory);
    onTestFinished(close);
    const app = testedApp({ context, webFolder: folder });
    // More than a pipe takes at once, so that the writing waits for a reader.
    const categories = run.codebook.categories.map((category) => ({
      ...category,
      name: "long ".repeat(20_000),
    }));
    const long = { ...run.codebook, categories };
    const database = new DatabaseSync(study.databasePath);
    database.prepare("UPDATE run SET codebook = ?").run(JSON.stringify(long));
    database.close();
    const before = openDescriptors(`${study.databasePath}-wal`);
    const path = `/api/runs/${run.id}/results`;
    const head = await app.request(path, { method: "HEAD" });
    expect(head.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(openDescriptors(`${study.databasePath}-wal`)).toBe(before);
    const controller = new AbortController();
    await app.request(path, { signal: controller.signal });
    // By then the second write waits, and nothing looks at the signal between two writes.
    await setTimeout(300);
    expect(openDescriptors(`${study.databasePath}-wal`)).toBeGreaterThan(before);
    controller.abort();
    await vi.waitFor(() => expect(openDescriptors(`${study.databasePath}-wal`)).toBe(before));
  });
});

it("does not give the rows of another database that lies there by now", async () => {
  const { study, run, get } = await servedRun();
  copyFileSync(study.databasePath, `${study.databasePath}.new`);
  renameSync(`${study.databasePath}.new`, study.databasePath);
  const response = await get(`${run.id}/results`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: expect.stringContaining("replaced meanwhile") });
});

describe("GET /api/runs/:run/overview", () => {
  it("is the page, to be saved", async () => {
    const { get, run } = await servedRun();
    const response = await get(`${run.id}/overview`);
    expect(response.headers.get("Content-Disposition")).toBe(
      `attachment; filename="CLIP-Classification-run-${run.id}.html"`,
    );
    const page = await response.text();
    expect(page.startsWith("<!doctype html>")).toBe(true);
    expect(page).toContain('<meta name="generator" content="Clipbook"');
    expect((await get("99/overview")).status).toBe(404);
  });
});
