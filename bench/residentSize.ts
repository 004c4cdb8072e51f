import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { median } from "./median.ts";

/** Memory that a process held while it was watched, in units of 10^6 bytes. */
export interface ResidentSize {
  readonly peakMb: number;
  /** The middle of all samples. */
  readonly usualMb: number;
}

const sampleEveryMs = 100;

/** Watches a process until `stop`, which says what was seen; a process that ended at once was seen with 0. */
export function watchResidentSize(pid: number): { stop(): ResidentSize } {
  const samples: number[] = [];
  let peak = 0;
  const sample = () => {
    const now = maybeSizes(pid);
    if (now === undefined) return;
    samples.push(now.residentMb);
    peak = Math.max(peak, now.peakMb);
  };
  const timer = setInterval(sample, sampleEveryMs);
  sample();
  return {
    stop: () => {
      clearInterval(timer);
      return { peakMb: peak, usualMb: samples.length === 0 ? 0 : median(samples) };
    },
  };
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
