import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import type { FileDigest } from "./digests.ts";

const digestSchema = z.object({ bytes: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const recordSchema = z.record(z.string(), z.record(z.string(), digestSchema));

/** Digests by path within one revision. */
export type RecordedDigests = Readonly<Record<string, FileDigest>>;

/**
 * The digests that files of a cached repository had at their first use, for those that the registry has no digest of.
 * @throws UserError when the record is damaged: it cannot vouch for anything then
 */
export async function readRecordedDigests(
  repositoryFolder: string,
  revision: string,
): Promise<RecordedDigests> {
  return (await readRecord(repositoryFolder))[revision] ?? {};
}

/**
 * Adds first digests to the record, `clipbook-digests.json` in the repository's folder of the Hub cache; those already
 * there stay. Returns false where the cache may not be written to (a cache shared by many users often may not).
 */
export async function recordDigests(
  repositoryFolder: string,
  revision: string,
  digests: RecordedDigests,
): Promise<boolean> {
  const record = await readRecord(repositoryFolder);
  const path = recordPath(repositoryFolder);
  const temporary = `${path}.${randomUUID()}.tmp`;
  const next = { ...record, [revision]: { ...digests, ...record[revision] } };
  try {
    await writeFile(temporary, `${JSON.stringify(next, undefined, 1)}\n`);
    await rename(temporary, path);
    return true;
  } catch (error) {
    await rm(temporary, { force: true });
    if (isErrorCode(error, "EACCES", "EPERM", "EROFS")) return false;
    throw error;
  }
}

async function readRecord(repositoryFolder: string): Promise<z.infer<typeof recordSchema>> {
  const path = recordPath(repositoryFolder);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isErrorCode(error, "ENOENT", "ENOTDIR")) return {};
    throw error;
  }
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${path}: the record of this model's digests is damaged`, {
      hint: "delete it if you trust the model's files; they are recorded anew at the next use",
      cause,
    });
  }
}

function recordPath(repositoryFolder: string): string {
  return join(repositoryFolder, "clipbook-digests.json");
}
