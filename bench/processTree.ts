import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process and what it started, also by others; those that have ended are left out. */
export function processTree(pid: number): readonly number[] {
  const childrenOf = process.platform === "linux" ? linuxChildren : childrenByPs();
  const found = [pid];
  // The list grows while it is gone through.
  for (const parent of found) found.push(...childrenOf(parent));
  return found;
}

function linuxChildren(pid: number): readonly number[] {
  try {
    // proc(5): those that its first thread started, which in Node is the one that starts processes.
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return list === "" ? [] : list.split(" ").map(Number);
  } catch {
    // It has ended, and so has nobody's memory to be counted.
    return [];
  }
}

function childrenByPs(): (pid: number) => readonly number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return (pid) => pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}
