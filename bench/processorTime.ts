import { readFileSync } from "node:fs";
import { processTree } from "./processTree.ts";

/** Of Linux on every machine that Node runs on: sysconf(_SC_CLK_TCK). */
const ticksPerSecond = 100;

/**
 * Processor time that a process, those that it started and those of them that have ended took so far, in milliseconds.
 * Linux alone tells it; 0 for a process that has ended.
 */
export function processorTimeMs(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + ownTimeMs(one), 0);
}

function ownTimeMs(pid: number): number {
  try {
    return (statTicks(readFileSync(`/proc/${pid}/stat`, "utf8")) * 1000) / ticksPerSecond;
  } catch {
    // It has ended: its parent's line has its time then.
    return 0;
  }
}

/** User and system time, its own and of children that were waited for: fields 14 to 17 of proc(5)'s stat. */
export function statTicks(stat: string): number {
  // The name, field 2, may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}
