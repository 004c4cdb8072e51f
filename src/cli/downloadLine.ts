import type { DownloadProgress } from "../model/downloadModel.ts";
import type { ModelVariantMaking } from "../model/quantiseModel.ts";
import { printable } from "./printable.ts";
import { drawBar } from "./progressLine.ts";
import { startRedrawnLine } from "./redrawnLine.ts";
import type { Terminal } from "./terminal.ts";

/** Shows how a model gets ready: a bar for its download, redrawn on a terminal, else one line per tenth; a line for each
 * int8 variant. */
export interface DownloadLine {
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly onVariant: (making: ModelVariantMaking) => void;
  /** Takes the bar away, so that a message can be written. */
  clear(): void;
}

const barWidth = 24;

/** @param now milliseconds, to keep redrawing rare */
export function startDownloadLine(
  terminal: Pick<Terminal, "stderr" | "redraw" | "isInteractive" | "columns">,
  now: () => number = () => performance.now(),
): DownloadLine {
  let tenths = 0;
  let totalBytes = 0;
  const line = startRedrawnLine(terminal, now);
  return {
    clear: line.clear,
    onVariant: ({ model, graph, directory }) => {
      line.clear();
      terminal.stderr(
        `making the int8 variant of ${printable(model)}, ${graph}, in ${printable(directory)}\n`,
      );
    },
    onProgress: (progress) => {
      const share = progress.totalBytes === 0 ? 1 : progress.bytes / progress.totalBytes;
      const amount = `${formatBytes(progress.bytes)} of ${formatBytes(progress.totalBytes)}`;
      // Weights outside the graphs are known only after the graphs are here: they are counted by themselves.
      if (progress.totalBytes !== totalBytes) {
        totalBytes = progress.totalBytes;
        tenths = 0;
        line.clear();
        terminal.stderr(`downloading ${progress.model}, ${formatBytes(totalBytes)}\n`);
      }
      if (terminal.isInteractive) {
        const percent = `${Math.floor(share * 100)}%`;
        line.draw(`${drawBar(share, barWidth)} ${percent}  ${amount}  ${progress.file}`, share >= 1);
        return;
      }
      const reached = Math.floor(share * 10);
      if (reached <= tenths) return;
      tenths = reached;
      terminal.stderr(`downloading ${progress.model} ${reached * 10}%: ${amount}\n`);
    },
  };
}

/** A size in decimal units, three digits: `352 MB`, `4.52 kB`. */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  if (power === 0) return `${bytes} bytes`;
  // 999,600 bytes are 1.00 MB, not 1000 kB.
  if (Math.round(value) >= 1000) return formatBytes(1000 ** (power + 1));
  return `${value.toPrecision(3)} ${units[power]}`;
}
