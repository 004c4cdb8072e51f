import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { contestants } from "../../bench/contestants.ts";
import type { Results } from "../../bench/results.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

it("the benchmark runs from end to end without a network, and says of peers that are not installed why", async () => {
  const [images, out] = [temporaryFolder(), temporaryFolder()];
  for (const background of ["crimson", "teal"]) {
    const picture = sharp({ create: { width: 300, height: 200, channels: 3, background } });
    await picture.toFile(join(images, `${background}.jpg`));
  }
  const args = ["--model", "demo", "--images", images, "--out", out, "--python", "no-such-python"];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(packageRoot, "bench/bench.ts"), ...args, "--quick", "--repetitions", "1", "--million"],
    { encoding: "utf8", env: { ...process.env, INIT_CWD: "", HTTPS_PROXY: "http://127.0.0.1:9" } },
  );
  expect([status, stderr.match(/^error.*/m)?.[0]]).toEqual([0, undefined]);
  const { measurements } = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
  const keys = measurements.map(({ key }) => key);
  const others = ["reclassify-few", "reclassify-many", "load", "edit", "help"];
  const sizes = ["peak", "indexing", "rate"].flatMap((what) => [32, 64].map((n) => `memory-${what}-${n}`));
  const million = ["million-known", "million-edit", "million-peak"];
  const imported = ["import", "import-peak", "study", "classify", "classify-peak"].flatMap((what) =>
    [200, 2000].map((n) => `embeddings-${what}-${n}`),
  );
  expect(keys.toSorted()).toEqual(
    [...contestants.map(({ key }) => key), ...others, ...sizes, ...million, ...imported].toSorted(),
  );
  for (const { key, values, notRun } of measurements) {
    if (key.startsWith("python-")) expect(notRun).toBe("no no-such-python");
    else if (!(key.startsWith("transformersjs-") && notRun !== undefined))
      expect(values[0]).toBeGreaterThan(0);
  }
  expect(stdout).toContain("| efficiency of clipbook classify, measured by its own tower, float32 |");
  expect(existsSync(join(out, "plot.svg"))).toBe(true);
});
