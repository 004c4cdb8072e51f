import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";

const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

it.skipIf(!existsSync(executable))("measures the first paint of a small study, every figure of it", () => {
  const script = join(packageRoot, "bench/measureFirstPaint.ts");
  const args = [script, "--count", "300", "--repetitions", "2", "--chromium", executable];
  const printed = execFileSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [heading, ...lines] = printed.trimEnd().split("\n");
  expect(heading?.trim().split(/\s+/)).toEqual(["first", "later"]);
  expect(lines).toHaveLength(7);
  const figures = lines.map((line) => /^(.+?)\s+(\d+) ms\s+(\d+) ms$/.exec(line)?.slice(2).map(Number));
  for (const figure of figures) expect(figure).toHaveLength(2);
  // What is painted later cannot be there before.
  const [, , , paint, counts, thumbnail, thumbnails] = figures.map((figure) => figure?.[0] ?? Number.NaN);
  expect([paint, counts, thumbnail, thumbnails].toSorted((a = 0, b = 0) => a - b)).toEqual([
    paint,
    counts,
    thumbnail,
    thumbnails,
  ]);
});
