import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, checkCodebook, runCheck } from "../../src/cli/check.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { CodebookError } from "../../src/codebook/codebookError.ts";

const folder = mkdtempSync(join(tmpdir(), "clipbook-check-"));
const file = join(folder, "codebook.yaml");
const tinyClip = join(import.meta.dirname, "../fixtures/reference/tiny-clip");
afterAll(() => rmSync(folder, { recursive: true }));

async function check(text: string, options: CheckOptions & { model?: string } = {}) {
  writeFileSync(file, text);
  let stdout = "";
  const terminal: Terminal = {
    stdout: (written) => {
      stdout += written;
    },
    stderr: () => undefined,
    stdoutStream: new PassThrough(),
    redraw: () => undefined,
    isInteractive: false,
    columns: 80,
    signal: new AbortController().signal,
    environment: {},
  };
  const run = options.model === undefined ? runCheck : checkCodebook;
  const error = await run(file, options, terminal).then(
    () => undefined,
    (reason) => reason,
  );
  if (error !== undefined && !(error instanceof CodebookError)) throw error;
  return { stdout, error };
}

const long = Array.from({ length: 90 }, () => "photo").join(" ");

describe("clipbook check", () => {
  it("prints warnings with place and hint, and counts", async () => {
    const { stdout, error } = await check("A:\n  - a dog without a leash\nB: [the moon]\n");
    expect(error).toBeUndefined();
    expect(stdout.split("\n").map((line) => line.replace(file, "FILE"))).toEqual([
      "FILE:1:1: warning: no residual category: an image that fits nowhere gets the least unfitting category",
      expect.stringMatching(/^ {2}hint: /),
      expect.stringMatching(/^FILE:2:5: warning: phrase "a dog without a leash" negates/),
      expect.stringMatching(/^ {2}hint: /),
      "FILE: 2 categories, 2 phrases, 2 warnings; phrase lengths not checked (name a model with --model)",
      "",
    ]);
  });

  it("is silent on stdout about mistakes, which it throws all together", async () => {
    const { stdout, error } = await check("A: [1]\nB: []\n");
    expect(stdout).toBe("");
    expect(error?.mistakes).toHaveLength(2);
  });

  it("writes one JSON object, for a good codebook and for mistakes", async () => {
    const good = await check("A: [a dog]\n", { json: true });
    expect(JSON.parse(good.stdout)).toMatchObject({
      file,
      valid: true,
      codebook: { categories: [{ name: "A", phrases: ["a dog"] }] },
      mistakes: [],
      warnings: [{ code: "single-category", line: 1, column: 1 }],
    });
    const bad = await check("A: [1]\nB: []\n", { json: true });
    expect(JSON.parse(bad.stdout)).toMatchObject({
      valid: false,
      mistakes: [
        { line: 1, column: 5 },
        { line: 2, column: 1 },
      ],
    });
    expect(bad.error).toBeInstanceOf(CodebookError);
  });

  it("counts tokens with a model's own tokenizer", async () => {
    const fits = await check("A: [a dog]\nOther: [the moon]\n", { model: tinyClip });
    expect(fits.stdout).toMatch(
      /: 2 categories, 2 phrases, no warnings; every phrase fits tiny-clip's 77 tokens\n$/,
    );
    const { stdout, error } = await check(`A: [a dog]\nOther:\n  - ${long}\n`, { model: tinyClip });
    expect(stdout).toBe("");
    expect(error?.mistakes).toMatchObject([
      { line: 3, column: 5, what: expect.stringMatching(/tokens, the model reads 77$/) },
    ]);
  });

  it("does not open a model for a codebook with mistakes", async () => {
    const openTokenCounter = () => Promise.reject(new Error("the model was opened"));
    expect((await check("A: [1]\n", { openTokenCounter })).error?.mistakes).toHaveLength(1);
    await expect(check("A: [a dog]\n", { openTokenCounter })).rejects.toThrow("the model was opened");
  });
});
