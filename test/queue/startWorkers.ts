import type { ChildProcess } from "node:child_process";
import { onTestFinished } from "vitest";
import { type Finished, startClipbook, waitFor } from "../cli/runClipbook.ts";

/** `clipbook worker` in processes of their own. */
export interface TestWorkers {
  /** Those that run, or ran. */
  readonly children: readonly ChildProcess[];
  /** One more. */
  start(): ChildProcess;
  /** Asks all to end, and waits for it. */
  stop(): Promise<readonly Finished[]>;
}

/** They end with the test. @param args behind `clipbook worker` */
export function startWorkers(count: number, args: readonly string[]): TestWorkers {
  const children: ChildProcess[] = [];
  const ends: Promise<Finished>[] = [];
  const start = () => {
    const child = startClipbook(["worker", ...args]);
    children.push(child);
    ends.push(waitFor(child));
    return child;
  };
  for (let i = 0; i < count; i++) start();
  onTestFinished(() => {
    for (const child of children) child.kill("SIGKILL");
  });
  return {
    children,
    start,
    stop: () => {
      for (const child of children) child.kill("SIGTERM");
      return Promise.all(ends);
    },
  };
}
