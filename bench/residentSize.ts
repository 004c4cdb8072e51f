import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { median } from "./median.ts";
import { processTree } from "./processTree.ts";

/**
 * Memory that a process and those that it started held together while it was watched, in units of 10^6 bytes. What several of
 * them share, such as a program's code, counts for each.
 */
export interface ResidentSize {
  readonly peakMb: number;
  /** Taken every tenth of a second, with the seconds since the watch began. */
  readonly samples: readonly { readonly seconds: number; readonly residentMb: number }[];
}

const sampleEveryMs = 100;

/** Watches a process and what it starts until `stop`, which says what was seen; a process that ended at once was seen with 0. */
export function watchResidentSize(pid: number): { stop(): ResidentSize } {
  const startedMs = performance.now();
  const samples: { seconds: number; residentMb: number }[] = [];
  let peakMb = 0;
  const sample = () => {
    const own = maybeSizes(pid);
    if (own === undefined) return;
    const others = processTree(pid)
      .slice(1)
      .map((other) => maybeSizes(other)?.residentMb ?? 0);
    const residentMb = others.reduce((sum, other) => sum + other, own.residentMb);
    samples.push({ seconds: (performance.now() - startedMs) / 1000, residentMb });
    // The kernel's own peak is that of one process; between samples it says more than they do.
    peakMb = Math.max(peakMb, own.peakMb, residentMb);
  };
  const timer = setInterval(sample, sampleEveryMs);
  sample();
  return {
    stop: () => {
      clearInterval(timer);
      return { peakMb, samples };
    },
  };
}

/**
 * The middle of the samples between two moments; of all samples where none was taken between them.
 * @throws RangeError for a process that was never seen
 */
export function medianBetween({ samples }: ResidentSize, fromSeconds: number, toSeconds: number): number {
  const between = samples.filter(({ seconds }) => seconds >= fromSeconds && seconds <= toSeconds);
  return median((between.length > 0 ? between : samples).map(({ residentMb }) => residentMb));
}

/** undefined when the process has ended. */
function maybeSizes(pid: number): { readonly residentMb: number; readonly peakMb: number } | undefined {
  try {
    if (process.platform === "linux") {
      // proc(5): the kernel itself remembers the peak.
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const field = (name: string) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, "m"))?.[1]);
      const residentMb = toMb(field("VmRSS"));
      const peakMb = toMb(field("VmHWM"));
      // A process that has ended but was not yet waited for has no memory any more.
      return Number.isNaN(residentMb) ? undefined : { residentMb, peakMb };
    }
    const kilobytes = Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
    return { residentMb: toMb(kilobytes), peakMb: toMb(kilobytes) };
  } catch {
    return undefined;
  }
}

function toMb(kibibytes: number): number {
  return (kibibytes * 1024) / 1e6;
}
