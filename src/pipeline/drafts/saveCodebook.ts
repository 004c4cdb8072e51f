import { createHash } from "node:crypto";
import { closeSync, openSync, renameSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname } from "node:path";
import { CodebookError } from "../../codebook/codebookError.ts";
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
 * @throws CodebookError for a file that is not UTF-8: neither it nor a version of it could be brought back
 */
export async function saveCodebook(spec: SaveSpec): Promise<SaveOutcome> {
  const { study, path, text, now } = spec;
  const target = codebookTarget(path);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const first = maybeCodebookOnDisk(target);
  if (!isBase(first, spec)) return { saved: false, onDisk: first };
  if (first !== undefined && first.mistakes.length > 0) throw new CodebookError(path, first.mistakes);
  if (first?.sha256 === sha256) return { saved: true, sha256 };
  if (first !== undefined) requireWritable(path, target);
  const temporary = await writeTemporary(dirname(target), text, path);
  const file = codebookKey(study.directory, path);
  const savedAt = now.toISOString();
  try {
    if (first !== undefined) await chmod(temporary, first.mode);
    // Both texts are in the study for good before the file is touched, whatever happens then: also a full disk.
    const kept = study.transaction(
      () => {
        const onDisk = maybeCodebookOnDisk(target);
        if (!isBase(onDisk, spec)) return undefined;
        if (onDisk !== undefined) study.codebookVersions.add(file, { ...onDisk, savedAt, origin: "disk" });
        return { id: study.codebookVersions.add(file, { sha256, text, savedAt, origin: "app" }) };
      },
      { onDisk: true },
    );
    let isRenamed = false;
    try {
      // Writes nothing, so that its end cannot fail. Another Clipbook that saves to this study waits for that end; nothing
      // in between is awaited.
      return study.transaction((): SaveOutcome => {
        const onDisk = maybeCodebookOnDisk(target);
        if (kept === undefined || !isBase(onDisk, spec)) return { saved: false, onDisk };
        renameOver(temporary, target, path);
        isRenamed = true;
        return { saved: true, sha256 };
      });
    } finally {
      const id = kept?.id;
      if (!isRenamed && id !== undefined) study.transaction(() => study.codebookVersions.remove(id));
    }
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
