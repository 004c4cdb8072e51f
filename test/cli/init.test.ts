import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCheck } from "../../src/cli/check.ts";
import { runInit } from "../../src/cli/init.ts";
import { UserError } from "../../src/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "clipbook-init-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function init(file: string, options: { json?: boolean } = {}): Promise<string> {
  let stdout = "";
  await runInit(file, options, {
    stdout: (text) => {
      stdout += text;
    },
  });
  return stdout;
}

describe("clipbook init", () => {
  it("writes a codebook that passes its own check, and says what to do next", async () => {
    const file = join(folder, "new.yaml");
    const stdout = await init(file);
    expect(stdout).toContain(`wrote ${file}`);
    expect(stdout).toContain(`clipbook check ${file}`);
    let checked = "";
    await runCheck(
      file,
      {},
      {
        stdout: (text) => {
          checked += text;
        },
      },
    );
    expect(checked).toContain("4 categories, 12 phrases, no warnings");
  });

  it("never overwrites", async () => {
    const file = join(folder, "mine.yaml");
    writeFileSync(file, "mine");
    await expect(init(file)).rejects.toThrow(UserError);
    await expect(init(file)).rejects.toThrow("there is a file already, nothing was written");
    expect(readFileSync(file, "utf8")).toBe("mine");
    mkdirSync(join(folder, "folder.yaml"));
    await expect(init(join(folder, "folder.yaml"))).rejects.toThrow(UserError);
  });

  it("says when the folder is missing, and makes none", async () => {
    await expect(init(join(folder, "none", "codebook.yaml"))).rejects.toThrow("its folder does not exist");
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("names the file as JSON", async () => {
    const file = join(folder, "json.yaml");
    expect(JSON.parse(await init(file, { json: true }))).toEqual({ file });
  });
});
