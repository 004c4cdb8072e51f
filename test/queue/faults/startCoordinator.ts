import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import { type Finished, startClipbook, waitFor } from "../../cli/runClipbook.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import type { DemoPictures } from "../demoPictures.ts";

/** `clipbook classify --queue` in a process of its own. */
export interface Coordinator {
  readonly child: ReturnType<typeof startClipbook>;
  /** The study's folder. */
  readonly study: string;
  /** What it has written to stderr. */
  said(): string;
  /** Resolves when that has such a text; fails when it ends before. */
  untilSaid(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Finished>;
}

/** What a coordinator is started with. */
export interface CoordinatorSpec {
  readonly queue: string;
  /** A new folder unless it is given. */
  readonly study?: string;
  /** Further arguments. */
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

/** It ends with the test. The root is called `demo`. */
export function startCoordinator(
  { images, codebook }: DemoPictures,
  { queue, study = temporaryFolder(), args = [], env = {} }: CoordinatorSpec,
): Coordinator {
  const common = ["--model", "demo", "--codebook", codebook, "--study", study, "--no-overview"];
  const table = ["--output", join(study, "table.csv")];
  const onQueue = ["--queue", queue, "--root", `demo=${images}`];
  const child = startClipbook(["classify", images, ...common, ...table, ...onQueue, ...args], { env });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let said = "";
  let isEnded = false;
  child.stderr?.on("data", (text: string) => {
    said += text;
  });
  const ended = waitFor(child).finally(() => {
    isEnded = true;
  });
  return {
    child,
    study,
    said: () => said,
    untilSaid: async (pattern) => {
      while (!pattern.test(said)) {
        if (isEnded) throw new Error(`it ended without ${pattern}:\n${said}`);
        await wait(20);
      }
    },
    ended,
  };
}

/** Waits for its end, which has to be a good one with the table of one machine. */
export async function requireSameTable(coordinator: Coordinator, { tableOfOneMachine }: DemoPictures) {
  const { code, stderr } = await coordinator.ended;
  expect(code, stderr).toBe(0);
  expect(tableOf(coordinator)).toBe(tableOfOneMachine.toString());
}

/** Its results table; undefined where there is none. */
export function tableOf({ study }: Coordinator): string | undefined {
  const path = join(study, "table.csv");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
