import { createHash } from "node:crypto";
import { closeSync, openSync, renameSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname } from "node:path";
import type { Study } from "../../store/openStudy.ts";
import { discardTemporary } from "../../temporaryFile.ts";
import { unwritable } from "../unwritable.ts";
import { writeTemporary } from "../writeWhole.ts";
import { type CodebookOnDisk, codebookKey, codebookTarget, maybeCodebookOnDisk } from "./codebookOnDisk.ts";

/** A codebook to be saved. */
export interface SaveSpec {
  readonly study: Study;
  readonly path: string;
  /** Digest of the file that was edited; null where there was none. */
  readonly baseSha256: string | null;
  readonly text: string;
  readonly now: Date;
}

/** Whether it was saved, or the file is another one by now. */
export type SaveOutcome =
  | { readonly saved: true; readonly sha256: string }
  | { readonly saved: false; readonly onDisk: CodebookOnDisk | undefined };

/**
 * Writes a codebook's file if it still is the one that was edited; the study keeps what was there before and what is written.
 * A link stays one, and the file keeps its rights.
 * @throws UserError when the file or the study cannot be written
 */
export async function saveCodebook(spec: SaveSpec): Promise<SaveOutcome> {
  const { study, path, text, now } = spec;
  const target = codebookTarget(path);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const first = maybeCodebookOnDisk(target);
  if (!isBase(first, spec)) return { saved: false, onDisk: first };
  if (first?.sha256 === sha256) return { saved: true, sha256 };
  if (first !== undefined) requireWritable(path, target);
  const temporary = await writeTemporary(dirname(target), text, path);
  const file = codebookKey(study.directory, path);
  const savedAt = now.toISOString();
  try {
    if (first !== undefined) {
      await chmod(temporary, first.mode);
      // In the study for good before the file is touched, whatever happens then.
      study.transaction(
        () => {
          const onDisk = maybeCodebookOnDisk(target);
          if (onDisk === undefined || !isBase(onDisk, spec)) return;
          study.codebookVersions.add(file, { ...onDisk, savedAt, origin: "disk" });
        },
        { onDisk: true },
      );
    }
    // Another Clipbook that saves to this study waits for the end of this; nothing in between is awaited.
    return study.transaction(
      (): SaveOutcome => {
        const onDisk = maybeCodebookOnDisk(target);
        if (!isBase(onDisk, spec)) return { saved: false, onDisk };
        study.codebookVersions.add(file, { sha256, text, savedAt, origin: "app" });
        renameOver(temporary, target, path);
        return { saved: true, sha256 };
      },
      { onDisk: true },
    );
  } finally {
    // Has its new name by now, or was not wanted.
    await discardTemporary(temporary);
  }
}

function isBase(onDisk: CodebookOnDisk | undefined, { baseSha256 }: SaveSpec): boolean {
  return (onDisk?.sha256 ?? null) === baseSha256;
}

/** A rename would replace a write-protected file without asking. @throws UserError */
function requireWritable(path: string, target: string): void {
  try {
    closeSync(openSync(target, "r+"));
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function renameOver(temporary: string, target: string, path: string): void {
  try {
    renameSync(temporary, target);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}
