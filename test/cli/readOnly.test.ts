import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, type TestContext } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makePictures } from "../kill/makePictures.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { launcher, runClipbook } from "./runClipbook.ts";

/** Debian's and most systems' user without rights: root may write everywhere. */
const nobody = process.geteuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A folder for everyone with pictures, a codebook and an empty folder in it. */
async function workFolder({ skip }: Pick<TestContext, "skip">): Promise<string> {
  const started = spawnSync(process.execPath, [launcher, "--version"], { ...nobody });
  skip(started.status !== 0, "the user nobody may not read this folder");
  const folder = temporaryFolder();
  chmodSync(folder, 0o777);
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  await makePictures(join(folder, "pictures"), 5);
  mkdirSync(join(folder, "there"));
  onTestFinished(() => chmodSync(join(folder, "there"), 0o755));
  return folder;
}

function run(folder: string, ...args: readonly string[]) {
  return runClipbook(args, { cwd: folder, ...nobody, env: { HOME: folder } });
}

const classify = ["classify", "pictures", "--model", "demo", "--codebook", "codebook.yaml"];

/** Every file of a folder with its bytes. */
function contentOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "base64")]),
  );
}

function protect(folder: string): void {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
}

describe("a folder that may only be read", () => {
  it("is refused as a new study", async (context) => {
    const folder = await workFolder(context);
    protect(join(folder, "there"));
    const { code, stderr } = await run(folder, ...classify, "--study", "there");
    expect(stderr).toMatch(
      /\nerror: there\/clipbook\.db: the study's database cannot be written here\nhint: check that .* you may write to it/,
    );
    expect(code).toBe(1);
    expect(readdirSync(join(folder, "there"))).toEqual([]);
  });

  it("is refused as a study that is there, which stays as it is", async (context) => {
    const folder = await workFolder(context);
    const first = await runClipbook([...classify, "--study", "there"], { cwd: folder });
    expect(first.code).toBe(0);
    const before = contentOf(join(folder, "there"));
    protect(join(folder, "there"));
    for (const args of [classify, ["overview"]]) {
      const { code, stderr } = await run(folder, ...args, "--study", "there");
      expect(stderr).toMatch(
        /(^|\n)error: there\/.*cannot be written here\nhint: check that .* you may write to it/,
      );
      expect(code).toBe(1);
    }
    expect(contentOf(join(folder, "there"))).toEqual(before);
  });

  it.for(["there/out.csv", "there/out.parquet"])(
    "is refused for the table %s before the work begins",
    async (output, context) => {
      const folder = await workFolder(context);
      protect(join(folder, "there"));
      const { code, stderr } = await run(folder, ...classify, "--output", output);
      expect(stderr).toMatch(
        /\nerror: there\/out\.\w+: may not be written\nhint: check the permissions of there/,
      );
      expect(code).toBe(1);
      expect(readdirSync(join(folder, "there"))).toEqual([]);
      expect(statSync(join(folder, "clipbook.db"), { throwIfNoEntry: false })).toBeUndefined();
    },
  );

  it("is refused for a page, a codebook and the demo", async (context) => {
    const folder = await workFolder(context);
    expect((await run(folder, ...classify, "--no-overview")).code).toBe(0);
    protect(join(folder, "there"));
    for (const [args, message] of [
      [
        ["overview", "--output", "there/page.html"],
        /^error: there\/page\.html: .*permission denied\nhint: .*rights/,
      ],
      [["init", "there/new.yaml"], /^error: there\/new\.yaml: permission to write here is denied\nhint: /],
      [["demo", "there", "--count", "7"], /^error: there: the demo's folder cannot be written\nhint: /],
    ] as const) {
      const { code, stderr } = await run(folder, ...args);
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    }
    expect(readdirSync(join(folder, "there"))).toEqual([]);
  });
});
