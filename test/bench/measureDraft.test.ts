import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { tinyModelFolder } from "../tinyModels.ts";

it("the benchmark of edits measures every kind through the server, and checks that all units were answered for", async () => {
  const args = ["--model", tinyModelFolder("clip"), "--count", "5000", "--repetitions", "2"];
  const script = join(packageRoot, "bench/measureDraft.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
  const lines = stdout.trim().split("\n");
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toMatch(/^5,000 units: .*: \d+ (ms|MB)/);
  expect(stdout).toContain("a phrase moved to another category");
  expect(stdout).toContain("a phrase deleted");
  expect(stdout).toContain("a phrase changed, with its new embedding");
});
