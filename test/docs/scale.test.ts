import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFigures, type ScaleFigures } from "../../bench/scaleFigures.ts";
import { assumedPrice, mostOut, scaleTable } from "../../bench/scaleTable.ts";

const docs = join(import.meta.dirname, "../../docs");
const page = readFileSync(join(docs, "scale.md"), "utf8");

describe("docs/scale.md", () => {
  it("has a table that follows from the figures that it shows", () => {
    const computed = page
      .split("<!-- computed from the figures above -->\n")[1]
      ?.split("<!-- until here -->")[0];
    expect(computed?.trim()).toBe(scaleTable(readFigures(page)).trim());
  });

  it("takes the time of a million pictures from the benchmark's page", () => {
    const benchmark = readFileSync(join(docs, "benchmark.md"), "utf8");
    expect(benchmark).toContain(
      `| a changed phrase, whole command, 1,000,000 small pictures | ${readFigures(page).classifySeconds} s |`,
    );
  });

  it("computes the cost of tower and decoder from the rates on the benchmark's page", () => {
    const benchmark = readFileSync(join(docs, "benchmark.md"), "utf8");
    const rate = (title: string) => Number(benchmark.split(`| ${title} | `)[1]?.split(" ")[0]);
    const [tower, decoder] = [
      rate("image tower alone, as Clipbook runs it, float32"),
      rate("decoding and view alone"),
    ];
    const ms = (2000 / tower + 2000 / decoder).toFixed(1);
    expect(page).toContain(`2/${tower} + 2/${decoder} s = ${ms} ms`);
  });

  it("names the assumption and the bound as they are in the code", () => {
    expect(page).toContain(`p = ${assumedPrice} USD`);
    expect(page).toContain(`at most ${mostOut.toLocaleString("en-US")} images are out at once`);
    const dispatcher = readFileSync(join(docs, "../src/pipeline/queue/openDispatcher.ts"), "utf8");
    expect(Number(/const mostOut = ([\d_]+);/.exec(dispatcher)?.[1]?.replaceAll("_", ""))).toBe(mostOut);
  });

  it("links to files that are there", () => {
    for (const [, path] of page.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect([path, existsSync(join(docs, path as string))]).toEqual([path, true]);
  });
});

describe("scaleTable", () => {
  const figures: ScaleFigures = {
    workerMs: 36,
    coordinatorMs: 3,
    redisMs: 1,
    intakeRate: 2000,
    photographRate: 1000,
    bytesIn: 3000,
    bytesOut: 2000,
    studyBytes: 4000,
    mergeSeconds: 3.6,
    classifySeconds: 36,
  };
  const cells = (title: string) =>
    scaleTable(figures)
      .split("\n")
      .find((line) => line.startsWith(`| ${title} |`))
      ?.split("|")
      .slice(3, -1)
      .map((cell) => cell.trim());

  it("computes what can be done in the head", () => {
    expect(cells("two workers to one, all on two processors, at most")).toEqual(["1.80", "1.80", "1.80"]);
    // 10^6 x 36 ms are 10 hours.
    expect(cells("core-hours of workers")).toEqual(["10", "1,000", "10,000"]);
    expect(cells("money")).toEqual(["0.4 USD", "40 USD", "400 USD"]);
    // 10 h / 32 are 18.75 min; with 800 cores the coordinator is the slower one.
    expect(cells("time with 32 cores")).toEqual(["18.8 min", "31.3 h", "13 days"]);
    const atLimit = ["16.7 min", "27.8 h", "11.6 days"];
    expect(cells("time with 800 cores")).toEqual(atLimit);
    expect(cells("time at the coordinator's limit, photographs")).toEqual(atLimit);
    expect(cells("time at the coordinator's limit, small files")).toEqual([
      "8.33 min",
      "13.9 h",
      "5.79 days",
    ]);
    expect(cells("cores that keep one coordinator busy")).toEqual(["36", "36", "36"]);
    expect(cells("through Redis, in and out")).toEqual(["5 GB", "500 GB", "5 TB"]);
    expect(cells("Redis' entries at most")).toEqual(["60 MB", "60 MB", "60 MB"]);
    expect(cells("the study's file")).toEqual(["4 GB", "400 GB", "4 TB"]);
    expect(cells("merging shards")).toEqual(["36 s", "60 min", "10 h"]);
    expect(cells("classifying again")).toEqual(["36 s", "60 min", "10 h"]);
  });
});
