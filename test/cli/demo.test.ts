import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook } from "./runClipbook.ts";

describe("clipbook demo", () => {
  it("draws pictures, classifies them, tells how many are right, what the model knows, and what to try", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runClipbook(["demo", "--count", "28"], { cwd });
    expect([code, stderr.includes("error")]).toEqual([0, false]);
    const folder = join(cwd, "clipbook-demo");
    expect(readdirSync(join(folder, "images")).filter((name) => !name.startsWith("."))).toHaveLength(28);
    expect(existsSync(join(folder, "codebook.yaml"))).toBe(true);
    expect(existsSync(join(folder, "clipbook.db"))).toBe(true);
    const names = readdirSync(folder);
    expect(names.filter((name) => name.endsWith(".csv"))).toHaveLength(1);
    expect(names.filter((name) => name.endsWith(".html"))).toHaveLength(1);
    const [, right, judged] = stdout.match(/^(\d+) of (\d+) as they were drawn \([\d.]+%\)\.$/m) ?? [];
    expect(judged).toBe("28");
    expect(Number(right)).toBeGreaterThanOrEqual(24);
    expect(stdout).toContain("knows these drawings only");
    expect(stdout).toContain("What to try next");
    // Every command that it names is one that the program takes, from the folder that the user is in.
    const commands = [...stdout.matchAll(/npx clipbook (classify clipbook-demo.*|check .*)$/gm)].map(
      ([, line]) => line,
    );
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const tried = await runClipbook((command as string).split(/\s+/), { cwd });
      expect([command, tried.code]).toEqual([command, 0]);
    }
  });

  it("draws what a classification of the folder above leaves out, and says so", async () => {
    const cwd = temporaryFolder();
    await runClipbook(["demo", "--count", "7"], { cwd });
    copyFileSync(join(cwd, "clipbook-demo/images", "post-0001.webp"), join(cwd, "own.webp"));
    const options = ["--model", "demo", "--codebook", "clipbook-demo/codebook.yaml", "--json"];
    const above = await runClipbook(["classify", ".", ...options], { cwd });
    expect(JSON.parse(above.stdout)).toMatchObject({ counts: { units: 1 } });
    expect(above.stderr).toContain("note: ./clipbook-demo/images is left out");
    const named = await runClipbook(["classify", "clipbook-demo/images", ...options], { cwd });
    expect(JSON.parse(named.stdout)).toMatchObject({ counts: { units: 7 } });
    expect(named.stderr).not.toContain("left out");
  });

  it("goes on with a codebook that the user has changed, and says so", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "d"));
    writeFileSync(join(cwd, "d/codebook.yaml"), "Faces: [a face]\nOther: [a landscape, food]\n");
    const { code, stdout, stderr } = await runClipbook(["demo", "d", "--count", "7", "--json"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain("note: d/codebook.yaml is there already and is used as it is");
    expect(JSON.parse(stdout)).toMatchObject({ counts: { classified: 7 }, judged: 7 });
    expect(readFileSync(join(cwd, "d/codebook.yaml"), "utf8")).toContain("Faces");
  });

  it("writes over nothing that is not its own", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "d/images"), { recursive: true });
    writeFileSync(join(cwd, "d/images/post-0003.jpg"), "mine");
    const taken = await runClipbook(["demo", "d", "--count", "7"], { cwd });
    expect(taken.code).toBe(1);
    expect(taken.stderr).toMatch(/error: .*post-0003\.jpg: .*another file of this name\nhint: /);
    expect(readFileSync(join(cwd, "d/images/post-0003.jpg"), "utf8")).toBe("mine");
    writeFileSync(join(cwd, "file"), "");
    expect((await runClipbook(["demo", "file"], { cwd })).stderr).toMatch(
      /error: file: the demo's folder cannot be written\nhint: /,
    );
  });
});
