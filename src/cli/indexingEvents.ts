import type { IgnoredFile } from "../images/unit.ts";
import type { IndexProgress } from "../pipeline/indexImages.ts";
import type { LeftFiles } from "./leftFiles.ts";
import { printable } from "./printable.ts";
import { formatCount, type ProgressLine } from "./progressLine.ts";
import type { QueueProgress } from "./queueProgress.ts";
import type { Terminal } from "./terminal.ts";

/** What a command that embeds pictures tells of them. */
export interface IndexingEvents {
  readonly onProgress: (progress: IndexProgress) => void;
  readonly onIgnored: (file: IgnoredFile) => void;
  readonly onFailure: (unit: string, failure: { readonly code: string; readonly sentence: string }) => void;
}

/**
 * Shows progress, and says what fails and what is left out, above the line.
 * @param verb what is done with pictures, as in "name the folder to classify them"
 * @param live what is shown instead of the line where workers embed
 */
export function indexingEvents(
  verb: string,
  line: ProgressLine,
  live: QueueProgress | undefined,
  left: LeftFiles,
  terminal: Pick<Terminal, "stderr">,
): IndexingEvents {
  return {
    onProgress: (progress) => {
      if (live !== undefined) return live.update(progress);
      const { units, failed } = progress;
      line.update(units, failed > 0 ? `${formatCount(failed)} failed` : "");
    },
    onIgnored: ({ ignored, isOwnFolder }) => {
      left.addIgnored(ignored);
      if (!isOwnFolder) return;
      line.clear();
      terminal.stderr(
        `note: ${printable(ignored)} is left out: its pictures are drawings of clipbook demo (name the folder to ${verb} them)\n`,
      );
    },
    onFailure: (unit, { code, sentence }) => {
      left.addFailure(sentence);
      line.clear();
      terminal.stderr(`${printable(unit)}: ${code}: ${sentence}\n`);
    },
  };
}
