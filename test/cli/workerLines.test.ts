import { describe, expect, it } from "vitest";
import { displayWidth } from "../../src/cli/displayWidth.ts";
import { maybeSharesLine, workerLines } from "../../src/cli/workerLines.ts";

const worker = (name: string, more: object = {}) => ({
  name,
  isLocal: false,
  embedded: 1200,
  failed: 0,
  imagesPerSecond: 60 as number | undefined,
  ...more,
});

const several = [
  worker("812@node-2", { failed: 2 }),
  worker("99@node-3", { imagesPerSecond: undefined, embedded: 0 }),
  worker("4711@studio", { isLocal: true, imagesPerSecond: 9.5 }),
];

describe("workerLines", () => {
  it("has the own worker first, and tells rates, images and failures", () => {
    expect(workerLines(several, 80)).toEqual([
      "  worker             images/s  embedded  failed",
      "  4711@studio (own)       9.5     1,200       0",
      "  812@node-2               60     1,200       2",
      "  99@node-3                 …         0       0",
    ]);
  });

  it("has no column of failures where nothing failed", () => {
    expect(workerLines([worker("1@a")], 80)).toEqual([
      "  worker  images/s  embedded",
      "  1@a           60     1,200",
    ]);
  });

  it("tells eight, and the others in one line with their rate", () => {
    const many = Array.from({ length: 20 }, (_, i) => worker(`${i}@node`, { imagesPerSecond: 20 }));
    const lines = workerLines(many, 80);
    expect(lines).toHaveLength(1 + 8 + 1);
    expect(lines.at(-1)).toBe("  and 12 more       240    14,400");
  });

  it("tells a ninth by its name: a line that says so would be no shorter", () => {
    const nine = Array.from({ length: 9 }, (_, i) => worker(`${i}@node`));
    expect(workerLines(nine, 80).at(-1)).toContain("8@node");
  });

  it("fits every width, one line a worker, or shows none", () => {
    const long = [
      ...several,
      worker(`1@${"gpu-node-".repeat(9)}.example.org`),
      worker("2@写真写真写真写真写真"),
    ];
    const counts = new Set<number>();
    for (let width = 20; width <= 140; width++) {
      const lines = workerLines(long, width);
      counts.add(lines.length);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
    expect([...counts].sort()).toEqual([0, 6]);
  });

  it("keeps failures longer than counts where it gets narrow", () => {
    expect(workerLines(several, 38)[0]).toBe("  worker             images/s  failed");
    expect(workerLines(several, 30)[0]).toBe("  worker             images/s");
  });

  it("shows what would move the cursor, or turn the text's direction", () => {
    const [, line] = workerLines([worker("1@a\u001b[2J\u202e\nb")], 80);
    expect(line).toContain("1@a\\u001b[2J\\u202e\\u000ab");
  });

  it("is empty without workers", () => {
    expect(workerLines([], 80)).toEqual([]);
  });
});

describe("maybeSharesLine", () => {
  it("tells who embedded how many, without those who did nothing", () => {
    expect(maybeSharesLine(several)).toBe("2 workers embedded: 812@node-2 1,200, 4711@studio (own) 1,200");
  });

  it("puts those beyond the eighth together", () => {
    const many = Array.from({ length: 12 }, (_, i) => worker(`${i}@n`));
    expect(maybeSharesLine(many)).toMatch(/^12 workers embedded: .*, 7@n 1,200, 4 more 4,800$/);
  });

  it("is not there where nobody had anything to do", () => {
    expect(maybeSharesLine([worker("1@a", { embedded: 0 })])).toBeUndefined();
  });
});
