import { startRecentRate } from "../pipeline/indexing/recentRate.ts";
import { startRedrawnLine, usableColumns } from "./redrawnLine.ts";
import type { Terminal } from "./terminal.ts";

/** Shows how far a long job has come: a bar that is redrawn on a terminal, one line per tenth otherwise. */
export interface ProgressLine {
  /**
   * @param note stands at the line's end
   * @param more for a terminal
   */
  update(done: number, note?: string, more?: MoreProgress): void;
  /** Takes the bar away, so that a message can be written. */
  clear(): void;
}

/** What stands on a terminal besides. */
export interface MoreProgress {
  /** Lines under the bar, which fit the terminal's width. */
  readonly below?: () => readonly string[];
  /** Whether nothing can move at present: then no rate is told, and no time. */
  readonly isStill?: boolean;
}

/** The widest that fits is taken: few, so that a bar does not change with every digit behind it. */
const barWidths = [24, 16, 8];

/**
 * The rate is that of the last 20 seconds, and of all the time before it can be told.
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
  const recent = startRecentRate();
  recent.add(startedMs, 0);
  let tenths = 0;
  const line = startRedrawnLine(terminal, now);
  return {
    clear: line.clear,
    update: (done, note = "", { below = () => [], isStill = false } = {}) => {
      const nowMs = now();
      const seconds = (nowMs - startedMs) / 1000;
      recent.add(nowMs, done);
      const rate = recent.perSecond() ?? (seconds > 0 ? done / seconds : 0);
      const share = total ? Math.min(1, done / total) : undefined;
      const parts = [counted(done, total)];
      if (!isStill) parts.push(`${formatRate(rate)} images/s`);
      if (!isStill && total && rate > 0 && done < total)
        parts.push(`${duration((total - done) / rate)} left`);
      if (note !== "") parts.push(note);
      const text = parts.join(", ");
      if (terminal.isInteractive) {
        const percent = share === undefined ? "" : `${Math.floor(share * 100)}%  `;
        const width = usableColumns(terminal);
        const room = width - `${label}  ${percent}${text}`.length;
        const [first = "", ...rest] = foldParts(`${label} ${maybeBar(share, room)}${percent}`, parts, width);
        line.draw(first, done === total, () => [...rest, ...below()]);
        return;
      }
      const reached = share === undefined ? 0 : Math.floor(share * 10);
      if (reached <= tenths) return;
      tenths = reached;
      terminal.stderr(`${label} ${Math.floor((share ?? 0) * 100)}%: ${text}\n`);
    },
  };
}

function maybeBar(share: number | undefined, room: number): string {
  const width = barWidths.find((each) => each <= room);
  return share === undefined || width === undefined ? "" : `${drawBar(share, width)} `;
}

/** As many parts on a line as fit, so that a narrow terminal cuts nothing off. */
function foldParts(head: string, parts: readonly string[], width: number): readonly string[] {
  const lines = [`${head}${parts[0] ?? ""}`];
  for (const part of parts.slice(1)) {
    const last = lines.length - 1;
    if (`${lines[last]}, ${part}`.length <= width) lines[last] += `, ${part}`;
    else lines.push(`  ${part}`);
  }
  return lines.map((line) => line.slice(0, width));
}

function counted(done: number, total: number | undefined): string {
  return total === undefined ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
}

/** A count with thin groups of three digits, as on the pages: `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** A rate as it is shown: `9.5`, `312`. */
export function formatRate(perSecond: number): string {
  return perSecond < 9.95 ? perSecond.toFixed(1) : perSecond.toFixed(0);
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
