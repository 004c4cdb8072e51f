import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { studyProgress } from "../../tools/testSlurm/studyProgress.ts";
import { golden, referenceFolder } from "../images/reference.ts";
import { makeCopies } from "../kill/makePictures.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";
import { runClipbook, startClipbook, waitFor } from "./runClipbook.ts";

const tiny = ["--model", tinyModelFolder("clip")];

/** A folder with 28 files in `in`, four of them damaged, and a codebook. */
function workFolder(): string {
  const folder = temporaryFolder();
  cpSync(join(referenceFolder, "images"), join(folder, "in"), { recursive: true });
  // A whole number of seconds, which every disk and JavaScript can keep.
  for (const name of readdirSync(join(folder, "in"))) utimesSync(join(folder, "in", name), 1.7e9, 1.7e9);
  writeFileSync(join(folder, "codebook.yaml"), JSON.stringify(golden.codebook));
  return folder;
}

/** The environment of a task of a whole Slurm array. */
function task(number: number, count: number) {
  const names = { ID: number, COUNT: count, MIN: 1, MAX: count, STEP: 1 };
  return Object.fromEntries(
    Object.entries(names).map(([name, value]) => [`SLURM_ARRAY_TASK_${name}`, String(value)]),
  );
}

function classify(folder: string, input: string, study: string, output: string) {
  return runClipbook(
    [
      "classify",
      input,
      "--study",
      study,
      "--codebook",
      "codebook.yaml",
      ...tiny,
      "--output",
      output,
      "--json",
    ],
    { cwd: folder },
  );
}

describe("clipbook index and merge", () => {
  it("leave a study in which classify embeds nothing and writes the table of one machine, byte for byte", async () => {
    const folder = workFolder();
    const cwd = folder;
    const indexed = await Promise.all([
      runClipbook(["index", "in", "--shard", "1/3", "--study", "shard-1", ...tiny], { cwd }),
      runClipbook(["index", "./in/", "--shard", "auto", "--study", "shard-2", ...tiny], {
        cwd,
        env: task(2, 3),
      }),
      runClipbook(
        ["index", join(folder, "in"), "--shard", "auto/3", "--study", "shard-3", ...tiny, "--json"],
        {
          cwd,
          env: { JOB_COMPLETION_INDEX: "2" },
        },
      ),
    ]);
    expect(indexed.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(indexed[0]?.stdout).toMatch(/^shard 1 of 3: \d+ images of 28, /);
    const third = JSON.parse(indexed[2]?.stdout as string);
    expect(third).toMatchObject({ shard: { number: 3, of: 3 }, list: { units: 28 } });
    expect(indexed[1]?.stdout).toContain(`digest ${third.list.digest.slice(0, 12)}`);
    const early = await runClipbook(["merge", "shard-1", "shard-3", "--study", "all"], { cwd });
    expect(early.code).toBe(1);
    expect(early.stderr).toContain("error: a shard is missing of 3: 2\nhint: index them");
    expect(existsSync(join(folder, "all"))).toBe(false);
    const merged = await runClipbook(["merge", "shard-3", "shard-1", "shard-2", "--study", "all"], { cwd });
    expect(merged.code).toBe(0);
    expect(merged.stdout).toContain("3 of 3 shards, a list of 28 units");
    expect(merged.stdout).toContain(
      "without embedding: 1 corrupt, 1 empty_file, 1 not_an_image, 1 truncated",
    );
    const [all, one] = await Promise.all([
      classify(folder, "in", "all", "all.csv"),
      classify(folder, "in", "one", "one.csv"),
    ]);
    expect(JSON.parse(all.stdout)).toMatchObject({ embedded: 0, openedTowers: ["text"] });
    expect(JSON.parse(one.stdout)).toMatchObject({ embedded: 24, openedTowers: ["text", "image"] });
    expect(readFileSync(join(folder, "all.csv"))).toEqual(readFileSync(join(folder, "one.csv")));
    expect(merged.stdout).toContain("24 new files");
    // Files are recognised by path, size and time: one whose content changed behind that is not read.
    const gray = join(folder, "in/gray.jpg");
    const { size, mtime } = statSync(gray);
    const content = readFileSync(gray);
    writeFileSync(gray, Buffer.alloc(size));
    utimesSync(gray, mtime, mtime);
    await classify(folder, "in", "all", "unread.csv");
    expect(readFileSync(join(folder, "unread.csv"))).toEqual(readFileSync(join(folder, "one.csv")));
    writeFileSync(gray, content);
    // Where the pictures lie elsewhere, they are found by their content.
    renameSync(join(folder, "in"), join(folder, "mounted"));
    const moved = await classify(folder, "mounted", "all", "moved.csv");
    expect(JSON.parse(moved.stdout)).toMatchObject({ embedded: 0, openedTowers: [] });
    expect(readFileSync(join(folder, "moved.csv"), "utf8").replaceAll("mounted/", "in/")).toBe(
      readFileSync(join(folder, "one.csv"), "utf8"),
    );
  });

  it("divide a table by its cells, and give every row of it its place again", async () => {
    const folder = workFolder();
    const rows = ["gray.jpg", "photo.webp", "gray.jpg", "bad-text.jpg", "nowhere.jpg", "", "palette.png"];
    writeFileSync(
      join(folder, "rows.csv"),
      `image,id\n${rows.map((name, i) => `${name && `in/${name}`},${i}`).join("\n")}\n`,
    );
    const index = (shard: string, study: string) =>
      runClipbook(
        ["index", "rows.csv", "--image-column", "image", "--shard", shard, "--study", study, ...tiny],
        { cwd: folder },
      );
    const codes = await Promise.all([index("1/2", "a"), index("2/2", "b")]);
    expect(codes.map(({ code }) => code)).toEqual([0, 0]);
    expect((await runClipbook(["merge", "a", "b", "--study", "all"], { cwd: folder })).code).toBe(0);
    const [all] = await Promise.all([
      classify(folder, "rows.csv", "all", "all.csv"),
      classify(folder, "rows.csv", "one", "one.csv"),
    ]);
    expect(JSON.parse(all.stdout)).toMatchObject({ embedded: 0, openedTowers: ["text"] });
    expect(readFileSync(join(folder, "all.csv"))).toEqual(readFileSync(join(folder, "one.csv")));
  });

  it("tell failures on stderr, by code, in a table, and by the exit code with --strict", async () => {
    const folder = workFolder();
    const args = ["index", "in", "--study", "s", ...tiny, "--strict", "--failures", "failures.csv"];
    const { code, stdout, stderr } = await runClipbook(args, { cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toContain(
      "28 images, 24 with an embedding (24 new)\n4 without: 1 corrupt, 1 empty_file, 1 not_an_image, 1 truncated",
    );
    expect(stderr).toContain("in/bad-empty.jpg: empty_file: ");
    expect(stderr).toContain("error: 4 of the images could not be embedded");
    const table = readFileSync(join(folder, "failures.csv"), "utf8");
    expect(table).toMatch(/^Image,Code,Reason\nin\/bad-corrupt\.png,corrupt,/);
    expect(table.trimEnd().split("\n")).toHaveLength(5);
    // Again: nothing is embedded, and what failed is told again.
    const again = await runClipbook([...args, "--json"], { cwd: folder });
    expect(JSON.parse(again.stdout)).toMatchObject({
      embedded: 0,
      part: { units: 28 },
      failures: { empty_file: 1 },
    });
    for (const table of ["x.txt", "nowhere/x.csv"]) {
      const refused = await runClipbook(["index", "in", "--study", "t", ...tiny, "--failures", table], {
        cwd: folder,
      });
      expect(refused).toMatchObject({ code: 1, stdout: "" });
      expect(refused.stderr).toContain(`error: ${table}: `);
    }
    expect(existsSync(join(folder, "t"))).toBe(false);
  });

  it("say so where a batch system's task has a number that nobody asked for, and refuse shards that do not exist", async () => {
    const folder = workFolder();
    const run = (args: readonly string[], env = {}) =>
      runClipbook(["index", "in", "--study", "s", ...tiny, ...args], { cwd: folder, env });
    const whole = await run([], task(2, 3));
    expect(whole.stderr).toContain(
      "note: this is task 2 of a Slurm array, and without --shard it embeds the whole list",
    );
    expect(whole.stdout).toContain("28 images, 24 with an embedding");
    const bad = await run(["--shard", "0/10"]);
    expect(bad).toMatchObject({ code: 1, stdout: "" });
    expect(bad.stderr).toContain("error: --shard 0/10: there is no shard 0 of 10");
    const missing = await runClipbook(["index", "in"], { cwd: folder });
    expect(missing.stderr).toContain("error: required option '--study <dir>' not specified");
  });

  it("keep divisions apart: a study with a shard of three takes none of four", async () => {
    const folder = workFolder();
    const index = (shard: string) =>
      runClipbook(["index", "in", "--shard", shard, "--study", "s", ...tiny], { cwd: folder });
    expect((await index("1/3")).code).toBe(0);
    const other = await index("1/4");
    expect(other.code).toBe(1);
    expect(other.stderr).toContain("s: this study has shard 1 of 3, and shard 1 of 4 is of another division");
    // Several shards of one division may share a study.
    expect((await index("2/3")).code).toBe(0);
    expect((await index("3/3")).code).toBe(0);
    expect((await runClipbook(["merge", "s", "--study", "all"], { cwd: folder })).code).toBe(0);
  });

  it("go on with an indexing that was killed, which counts as not complete until then", async () => {
    const folder = temporaryFolder();
    copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
    await makeCopies(join(folder, "in"), 400);
    const args = [
      "index",
      "in",
      "--shard",
      "1/1",
      "--study",
      "s",
      "--model",
      "demo",
      "--threads",
      "1",
      "--json",
    ];
    const child = startClipbook(args, { cwd: folder });
    const ended = waitFor(child);
    let said = "";
    child.stderr?.on("data", (text: string) => {
      said += text;
      if (said.includes("indexing 20%")) child.kill("SIGKILL");
    });
    expect((await ended).code).toBeNull();
    const killed = studyProgress(join(folder, "s"));
    expect(killed.isComplete).toBe(false);
    expect(killed.embedded).toBeGreaterThan(0);
    const merge = ["merge", "s", "--study", "all"];
    const refused = await runClipbook(merge, { cwd: folder });
    expect(refused.stderr).toContain("error: not indexed to the end: s (shard 1 of 1)");
    const { code, stdout } = await runClipbook(args, { cwd: folder });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ embedded: 400 - killed.embedded, part: { units: 400 } });
    expect((await runClipbook(merge, { cwd: folder })).stdout).toContain(
      "1 of 1 shards, a list of 400 units",
    );
  });

  it("refuse a folder without pictures, and take a shard without any of them", async () => {
    const folder = workFolder();
    const empty = await runClipbook(["index", "codebook.yaml", "--study", "s", ...tiny], { cwd: folder });
    expect(empty.code).toBe(0);
    expect(empty.stdout).toContain("1 image, 0 with an embedding");
    const none = await runClipbook(["index", "s", "--study", "t", ...tiny], { cwd: folder });
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("there are no pictures here");
    const shards = await Promise.all(
      [1, 2].map((n) =>
        runClipbook(["index", "in/gray.jpg", "--shard", `${n}/2`, "--study", `e${n}`, ...tiny], {
          cwd: folder,
        }),
      ),
    );
    expect(shards.map(({ code }) => code)).toEqual([0, 0]);
    expect(shards.map(({ stdout }) => /: (\d) images? of 1/.exec(stdout)?.[1]).sort()).toEqual(["0", "1"]);
    expect((await runClipbook(["merge", "e1", "e2", "--study", "all"], { cwd: folder })).code).toBe(0);
  });
});
