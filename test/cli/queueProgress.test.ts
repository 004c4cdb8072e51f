import { describe, expect, it, onTestFinished } from "vitest";
import { startProgressLine } from "../../src/cli/progressLine.ts";
import { startQueueProgress } from "../../src/cli/queueProgress.ts";

/** A progress that keeps what was written, with a clock that is set by hand. */
function start({ isInteractive = true, columns = 100 } = {}) {
  const written: string[] = [];
  let nowMs = 0;
  const terminal = {
    stderr: (text: string) => void written.push(text),
    redraw: (text: string) => void written.push(`redrawn: ${text}`),
    isInteractive,
    columns,
  };
  const line = startProgressLine("classifying", 1000, terminal, () => nowMs);
  const live = startQueueProgress(line, terminal);
  onTestFinished(live.end);
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { written, live, wait };
}

const progress = (units: number, more: object = {}) => ({
  units,
  embedded: units,
  failed: 0,
  ignored: 0,
  ...more,
});
const one = { name: "7@a", isLocal: false, embedded: 40, failed: 0, imagesPerSecond: 40 };
const share = { name: "7@a", isLocal: false, embedded: 1000, failed: 0 };

describe("startQueueProgress", () => {
  it("counts units that wait for one before them, and has the workers below", () => {
    const { written, live, wait } = start();
    live.events.onWorkers([one]);
    wait(2000);
    live.update(progress(100, { waiting: 300, failed: 3 }));
    expect(written).toEqual([
      "redrawn: classifying █████████▋               40%  400 of 1,000, 200 images/s, 3 s left, 1 worker, 3 failed\n" +
        "  worker  images/s  embedded\n" +
        "  7@a           40        40",
    ]);
  });

  it("tells no rate, and no workers, while Redis is gone", () => {
    const { written, live, wait } = start();
    live.events.onWorkers([one]);
    live.events.onTrouble("ECONNREFUSED");
    wait(2000);
    live.update(progress(400));
    expect(written).toEqual([
      "redrawn: classifying █████████▋               40%  400 of 1,000, waiting for Redis",
    ]);
    live.events.onTrouble(undefined);
    wait(1000);
    live.update(progress(400));
    expect(written.at(-1)).toContain("1 worker\n  worker  images/s");
  });

  it("takes the block away before a note, and escapes it", () => {
    const { written, live, wait } = start();
    wait(1000);
    live.update(progress(100));
    live.events.onNote("worker 7@\u001b[2J has joined");
    expect(written.slice(1)).toEqual(["redrawn: ", "note: worker 7@\\u001b[2J has joined\n"]);
  });

  it("ends with a line of who did what, and draws nothing any more", () => {
    const { written, live, wait } = start({ isInteractive: false });
    wait(1000);
    live.update(progress(1000));
    live.events.onShares([share]);
    live.end();
    expect(written).toEqual([
      "classifying 100%: 1,000 of 1,000, 1000 images/s, 0 workers\n",
      "1 worker embedded: 7@a 1,000\n",
    ]);
    expect(live.shares()).toEqual([share]);
  });
});
