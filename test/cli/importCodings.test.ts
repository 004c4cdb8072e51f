import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { importStudy } from "../pipeline/samples/importStudy.ts";
import { runClipbook } from "./runClipbook.ts";
import { workFolder } from "./serveFolder.ts";

/** A closed study with a sample, and codings of Anna and Ben as a table. */
function closedStudy() {
  const { study, write, offline, sha, sample } = importStudy();
  const table = write(
    ".csv",
    `unit,coder,category\n${sha(0)},Anna,Trees\n${sha(0)},Ben,Houses\n${sha(1)},Ben,unsure\n`,
  );
  const page = write(".json", offline([{ value: "Houses" }, {}]));
  const folder = study.directory;
  study.close();
  return { folder, table, page, sample, of: ["--study", folder, "--sample", "test"] as const };
}

describe("clipbook import codings", () => {
  it("says what it added, and that a doubled file adds nothing", async () => {
    const { table, of } = closedStudy();
    expect(await runClipbook(["import", "codings", table, ...of])).toEqual({
      code: 0,
      stdout: `${table}: 3 codings of Anna, Ben: 3 added\nnew in sample "test": Anna, Ben\n`,
      stderr: "",
    });
    expect(await runClipbook(["import", "codings", table, ...of])).toEqual({
      code: 0,
      stdout: `${table}: 3 codings of Anna, Ben, all of them there already: nothing was added\n`,
      stderr: "",
    });
  });

  it("takes in nothing when one file contradicts, and says how to go on", async () => {
    const { table, page, of } = closedStudy();
    const refused = await runClipbook(["import", "codings", table, page, ...of]);
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toMatch(
      /^error: .*coding 1: Anna coded .* as "Houses", but the study has.*"Trees"\n/,
    );
    expect(refused.stderr).toContain("hint: nothing was imported; with --replace");
    const none = await runClipbook(["export", "codings", ...of]);
    expect(readCsv(none.stdout)).toEqual([]);
    expect(none.stderr).toContain("nobody has coded");
    const replaced = await runClipbook(["import", "codings", table, page, "--replace", "--json", ...of]);
    expect(JSON.parse(replaced.stdout)).toMatchObject({
      sample: "test",
      added: 5,
      newCoders: ["Anna", "Ben"],
      files: [{ added: 3 }, { added: 2, replaced: 1 }],
    });
  });

  it("says what a later file of a page changed and took back", async () => {
    const { study, write, offline } = importStudy();
    const first = write(".json", offline([{}, {}, {}]));
    const codedAt = "2026-05-03T09:00:00.000Z";
    const second = write(
      ".json",
      offline([{}, { value: "Houses", codedAt }, { answer: "withdrawn", value: null, codedAt }]),
    );
    study.close();
    const of = ["--study", study.directory, "--sample", "test"];
    await runClipbook(["import", "codings", first, ...of]);
    const { code, stdout, stderr } = await runClipbook(["import", "codings", second, ...of]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      `${second}: 2 codings of Anna: 1 added, of which 1 in place of an earlier file of the same page, ` +
        "1 taken back since an earlier file, 1 there already\n",
    );
  });

  it("renames coders, and refuses two names that nothing stands for", async () => {
    const { table, of } = closedStudy();
    const args = ["import", "codings", table, ...of];
    const twice = await runClipbook([...args, "--coder", "A", "--coder", "B"]);
    expect(twice.code).toBe(1);
    expect(twice.stderr).toContain("--coder FROM=NAME");
    const renamed = await runClipbook([...args, "--coder", "Anna=Coder 1", "--coder", "Ben=Coder 2"]);
    expect(renamed.stdout).toContain('new in sample "test": Coder 1, Coder 2\n');
  });

  it("says that there is no such sample or study", async () => {
    const { folder, table } = closedStudy();
    const sample = await runClipbook(["import", "codings", table, "--study", folder, "--sample", "pilot"]);
    expect([sample.code, sample.stderr]).toEqual([1, expect.stringContaining('there is no sample "pilot"')]);
    const study = await runClipbook(["import", "codings", table, "--study", join(folder, "none")]);
    expect(study.code).toBe(1);
  });
});

describe("clipbook export codings", () => {
  it("writes a table, by its ending, and says so", async () => {
    const { folder, table, of } = closedStudy();
    await runClipbook(["import", "codings", table, ...of]);
    const output = join(folder, "codings.tsv");
    const written = await runClipbook(["export", "codings", "--output", output, "--json", ...of]);
    expect(JSON.parse(written.stdout)).toEqual({ sample: "test", rows: 3, output });
    expect(readFileSync(output, "utf8")).toMatch(/^unit\tcoder\tcategory\tnote\tseconds\tsha256/);
    const both = await runClipbook(["export", "codings", "--json", ...of]);
    expect(both.code).toBe(1);
    writeFileSync(output, "mine");
    expect((await runClipbook(["export", "codings", "--output", output, ...of])).stderr).toContain(
      "not overwritten",
    );
  });
});

describe("clipbook export label-studio", () => {
  it("names its files, what to do with them, and what could not be read", async () => {
    const cwd = await workFolder(4);
    const run = (...args: readonly string[]) => runClipbook(args, { cwd });
    await run("classify", "pictures", "--model", "demo", "--no-overview");
    await run("sample", "--purpose", "pilot", "--design", "simple", "--size", "4");
    rmSync(join(cwd, "pictures", readdirSync(join(cwd, "pictures"))[0] as string));
    const { code, stdout, stderr } = await run("export", "label-studio", "--output", "ls");
    expect([code, stdout]).toEqual([0, `${join("ls", "tasks.json")}\n${join("ls", "label-config.xml")}\n`]);
    expect(stderr).toContain("clipbook import codings FILE");
    expect(stderr).toContain("1 images could not be read");
    expect(JSON.parse(readFileSync(join(cwd, "ls/tasks.json"), "utf8"))).toHaveLength(3);
    expect(readFileSync(join(cwd, "ls/label-config.xml"), "utf8")).toContain("<Choice value=");
  });

  it("writes nothing where no image can be read", async () => {
    const { folder, of } = closedStudy();
    const output = join(folder, "label-studio");
    const { code, stderr } = await runClipbook(["export", "label-studio", "--output", output, ...of]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .+\nhint: /);
    expect(existsSync(join(output, "tasks.json"))).toBe(false);
  });
});
