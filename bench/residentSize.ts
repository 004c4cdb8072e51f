import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { median } from "./median.ts";

/** Memory that a process held while it was watched, in units of 10^6 bytes. */
export interface ResidentSize {
  readonly peakMb: number;
  /** Taken every tenth of a second, with the seconds since the watch began. */
  readonly samples: readonly { readonly seconds: number; readonly residentMb: number }[];
}

const sampleEveryMs = 100;

/** Watches a process until `stop`, which says what was seen; a process that ended at once was seen with 0. */
export function watchResidentSize(pid: number): { stop(): ResidentSize } {
  const startedMs = performance.now();
  const samples: { seconds: number; residentMb: number }[] = [];
  let peakMb = 0;
  const sample = () => {
    const now = maybeSizes(pid);
    if (now === undefined) return;
    samples.push({ seconds: (performance.now() - startedMs) / 1000, residentMb: now.residentMb });
    peakMb = Math.max(peakMb, now.peakMb);
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
