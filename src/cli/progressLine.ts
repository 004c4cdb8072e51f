import { startRedrawnLine } from "./redrawnLine.ts";
import type { Terminal } from "./terminal.ts";

/** Shows how far a long job has come: a bar that is redrawn on a terminal, one line per tenth otherwise. */
export interface ProgressLine {
  update(done: number, note?: string): void;
  /** Takes the bar away, so that a message can be written. */
  clear(): void;
}

const barWidth = 24;

/**
 * @param total undefined where nobody knows how much there is
 * @param now milliseconds, to tell rates
 */
export function startProgressLine(
  label: string,
  total: number | undefined,
  terminal: Pick<Terminal, "stderr" | "redraw" | "isInteractive" | "columns">,
  now: () => number = () => performance.now(),
): ProgressLine {
  const startedMs = now();
  let tenths = 0;
  const line = startRedrawnLine(terminal, now);
  return {
    clear: line.clear,
    update: (done, note = "") => {
      const seconds = (now() - startedMs) / 1000;
      const rate = seconds > 0 ? done / seconds : 0;
      const share = total ? Math.min(1, done / total) : undefined;
      const text = [counted(done, total), `${rate < 10 ? rate.toFixed(1) : rate.toFixed(0)} images/s`];
      if (total && rate > 0 && done < total) text.push(`${duration((total - done) / rate)} left`);
      if (note !== "") text.push(note);
      if (terminal.isInteractive) {
        const bar = share === undefined ? "" : `${drawBar(share, barWidth)} ${Math.floor(share * 100)}%  `;
        line.draw(`${label} ${bar}${text.join(", ")}`, done === total);
        return;
      }
      const reached = share === undefined ? 0 : Math.floor(share * 10);
      if (reached <= tenths) return;
      tenths = reached;
      terminal.stderr(`${label} ${Math.floor((share ?? 0) * 100)}%: ${text.join(", ")}\n`);
    },
  };
}

function counted(done: number, total: number | undefined): string {
  return total === undefined ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
}

/** A count with thin groups of three digits, as on the pages: `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** A bar of eighth blocks. @param share 0..1 */
export function drawBar(share: number, width: number): string {
  const eighths = Math.round(share * width * 8);
  const full = "█".repeat(Math.floor(eighths / 8));
  const rest = eighths % 8;
  const part = rest === 0 ? "" : " ▏▎▍▌▋▊▉"[rest];
  return `${full}${part}`.padEnd(width);
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
