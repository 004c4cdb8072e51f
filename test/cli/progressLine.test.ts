import { describe, expect, it } from "vitest";
import { drawBar, formatCount, startProgressLine } from "../../src/cli/progressLine.ts";

/** A terminal that keeps what it was given, and a clock that is set by hand. */
function recorder(isInteractive: boolean, columns = 80) {
  const written: string[] = [];
  let nowMs = 0;
  return {
    written,
    terminal: {
      stderr: (text: string) => void written.push(text),
      redraw: (text: string) => void written.push(`redrawn: ${text}`),
      isInteractive,
      columns,
    },
    now: () => nowMs,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe("startProgressLine", () => {
  it("redraws one line with bar, rate and time left on a terminal", () => {
    const { written, terminal, now, wait } = recorder(true, 120);
    const line = startProgressLine("classifying", 200, terminal, now);
    wait(1000);
    line.update(50, "1 failed");
    expect(written).toEqual([
      "redrawn: classifying ██████                   25%  50 of 200, 50 images/s, 3 s left, 1 failed",
    ]);
  });

  it("redraws at most ten times a second, but always the end", () => {
    const { written, terminal, now, wait } = recorder(true);
    const line = startProgressLine("x", 100, terminal, now);
    for (let done = 1; done <= 100; done++) {
      wait(10);
      line.update(done);
    }
    expect(written.length).toBeLessThanOrEqual(11);
    expect(written.at(-1)).toContain("100 of 100");
  });

  it("never wraps, however narrow the terminal", () => {
    const { written, terminal, now, wait } = recorder(true, 40);
    const line = startProgressLine("classifying", 1_000_000, terminal, now);
    wait(1);
    line.update(12_345, "3 failed");
    const lines = (written[0] as string).replace("redrawn: ", "").split("\n");
    for (const { length } of lines) expect(length).toBeLessThan(40);
    // What does not fit stands below: nothing is lost.
    expect(lines).toEqual(["classifying 1%  12,345 of 1,000,000", "  12345000 images/s, 1 s left, 3 failed"]);
  });

  it("takes the bar away before a message, and only if there is one", () => {
    const { written, terminal, now } = recorder(true);
    const line = startProgressLine("x", 2, terminal, now);
    line.clear();
    expect(written).toEqual([]);
    line.update(1);
    line.clear();
    expect(written.at(-1)).toBe("redrawn: ");
  });

  it("writes one line per tenth where nobody can redraw", () => {
    const { written, terminal, now, wait } = recorder(false);
    const line = startProgressLine("x", 1000, terminal, now);
    for (let done = 1; done <= 1000; done++) {
      wait(1);
      line.update(done);
    }
    expect(written).toHaveLength(10);
    expect(written[0]).toMatch(/^x 10%: 100 of 1,000, 1000 images\/s, 1 s left\n$/);
  });

  it("tells the rate of the last 20 seconds, not that of all the time", () => {
    const { written, terminal, now, wait } = recorder(true, 120);
    const line = startProgressLine("x", 100_000, terminal, now);
    wait(1000);
    // Known already: they cost nothing.
    line.update(50_000);
    for (let second = 1; second <= 30; second++) {
      wait(1000);
      line.update(50_000 + 100 * second);
    }
    expect(written.at(-1)).toContain("53,000 of 100,000, 100 images/s, 8 min left");
  });

  it("tells count and rate where the total is unknown", () => {
    const { written, terminal, now, wait } = recorder(true);
    const line = startProgressLine("x", undefined, terminal, now);
    wait(2000);
    line.update(7);
    expect(written[0]).toBe("redrawn: x 7, 3.5 images/s");
  });
});

describe("drawBar", () => {
  it("fills by eighths", () => {
    expect(drawBar(0, 4)).toBe("    ");
    expect(drawBar(0.5, 4)).toBe("██  ");
    expect(drawBar(1 / 32, 4)).toBe("▏   ");
    expect(drawBar(1, 4)).toBe("████");
  });
});

describe("formatCount", () => {
  it("groups digits by three", () => {
    expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
  });
});
