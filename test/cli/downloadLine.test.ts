import { describe, expect, it } from "vitest";
import { formatBytes, startDownloadLine } from "../../src/cli/downloadLine.ts";

const progress = (bytes: number, totalBytes = 352_000_000) => ({
  model: "clip-vit-b32",
  file: "onnx/vision_model.onnx",
  fileBytes: bytes,
  fileTotalBytes: totalBytes,
  bytes,
  totalBytes,
});

describe("the line of a download", () => {
  it("is one per tenth where stderr is no terminal", () => {
    let written = "";
    const stderr = (text: string) => {
      written += text;
    };
    const terminal = { stderr, redraw: stderr, isInteractive: false, columns: 80 };
    const line = startDownloadLine(terminal);
    for (let share = 0; share <= 100; share++) line.onProgress(progress(share * 3_520_000));
    const lines = written.trimEnd().split("\n");
    expect(lines.length).toBe(11);
    expect(lines[0]).toBe("downloading clip-vit-b32, 352 MB");
    expect(lines[1]).toBe("downloading clip-vit-b32 10%: 35.2 MB of 352 MB");
    expect(lines[10]).toBe("downloading clip-vit-b32 100%: 352 MB of 352 MB");
  });

  it("is redrawn in place on a terminal, not more than ten times a second, never wider than it", () => {
    let written = "";
    let nowMs = 0;
    const stderr = (text: string) => {
      written += text;
    };
    const redraw = (text: string) => stderr(`\n${text}`);
    const terminal = { stderr, redraw, isInteractive: true, columns: 40 };
    const line = startDownloadLine(terminal, () => nowMs);
    for (let step = 1; step <= 1000; step++) {
      nowMs += 1;
      line.onProgress(progress(step * 352_000));
    }
    const drawn = written.split("\n").slice(2);
    expect(drawn.length).toBeLessThanOrEqual(11);
    expect(drawn.at(-1)).toContain("100%");
    for (const text of drawn) expect(text.length).toBeLessThan(40);
    line.clear();
    expect(written.endsWith("\n")).toBe(true);
  });
});

describe("formatBytes", () => {
  it("gives three digits in decimal units", () => {
    const sizes = [0, 999, 1000, 4524, 999_600, 351_685_709, 1_129_469_657];
    expect(sizes.map(formatBytes)).toEqual([
      "0 bytes",
      "999 bytes",
      "1.00 kB",
      "4.52 kB",
      "1.00 MB",
      "352 MB",
      "1.13 GB",
    ]);
  });
});
