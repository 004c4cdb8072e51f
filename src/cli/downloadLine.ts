import type { DownloadProgress } from "../model/downloadModel.ts";
import type { Terminal } from "./terminal.ts";

/** Shows a model's download while it lasts; silent when nothing has to be downloaded. */
export function downloadLine(terminal: Pick<Terminal, "stderr" | "isInteractive">): {
  readonly update: (progress: DownloadProgress) => void;
  readonly clear: () => void;
} {
  let shown = "";
  let tenths = -1;
  return {
    update: (progress) => {
      const { bytes, totalBytes, model } = progress;
      const megabytes = (count: number) => `${(count / 1e6).toFixed(0)} MB`;
      const share = totalBytes ? bytes / totalBytes : 0;
      const text = `downloading ${model}: ${megabytes(bytes)} of ${totalBytes ? megabytes(totalBytes) : "?"}`;
      if (terminal.isInteractive) {
        if (text !== shown) terminal.stderr(`\r\x1b[2K${text}`);
        shown = text;
      } else if (Math.floor(share * 10) > tenths) {
        tenths = Math.floor(share * 10);
        terminal.stderr(`${text}\n`);
      }
    },
    clear: () => {
      if (terminal.isInteractive && shown !== "") terminal.stderr("\r\x1b[2K");
    },
  };
}
