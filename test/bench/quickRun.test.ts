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
  const processor = ["rate", "workers-ms", "coordinator-ms", "redis-ms"];
  const held = ["coordinator-peak", "redis-peak", "bytes-in", "bytes-out", "whole"];
  const scaling = [1, 2].flatMap((n) => processor.map((what) => `workers-scaling-${n}-${what}`));
  const intake = (place: string) => [
    ...[...processor, ...held].map((what) => `workers-intake-${place}-${what}`),
    ...["find", "read", "store"].map((part) => `workers-part-${place}-${part}`),
  ];
  const queued = [
    ...scaling,
    "workers-merge",
    "workers-part-photographs-read",
    ...intake("disk"),
    ...(existsSync("/dev/shm") ? intake("memory") : []),
  ];
  const imported = ["import", "import-peak", "study", "classify", "classify-peak"].flatMap((what) =>
    [200, 2000].map((n) => `embeddings-${what}-${n}`),
  );
  expect(keys.filter((key) => !key.startsWith("workers-study")).toSorted()).toEqual(
    [
      ...contestants.map(({ key }) => key),
      ...others,
      ...sizes,
      ...million,
      ...imported,
      ...queued,
    ].toSorted(),
  );
  for (const { key, values, notRun } of measurements) {
    if (key.startsWith("python-")) expect(notRun).toBe("no no-such-python");
    else if (key.startsWith("workers-") && notRun !== undefined)
      expect(notRun).toMatch(/redis-server|two processors/);
    // Times of a small run may be below the clock's steps.
    else if (/-ms$/.test(key)) expect(values[0]).toBeGreaterThanOrEqual(0);
    else if (!(key.startsWith("transformersjs-") && notRun !== undefined))
      expect(values[0]).toBeGreaterThan(0);
  }
  expect(stdout).toContain("| efficiency of clipbook classify, measured by its own tower, float32 |");
  expect(existsSync(join(out, "plot.svg"))).toBe(true);
});
