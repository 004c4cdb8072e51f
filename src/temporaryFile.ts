import { createHash, randomBytes } from "node:crypto";
import { lstat, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isErrorCode } from "./errorCode.ts";

/** Names of files that are being written: `.clipbook-HOST-PROCESS-CHANCE.tmp`, where Clipbook wrote them in this form. */
const ours = /^\.clipbook-(?:(?<host>[0-9a-f]{8})-(?<writer>\d+)-)?[0-9a-f-]+\.tmp$/;

/** A writer that is at work touches its file all the time; a process of this number that is gone wrote it then. */
const quietMs = 60_000;

/** Files of other machines, whose processes cannot be asked after, and of process numbers that were given out again. */
const oldMs = 24 * 60 * 60 * 1000;

/**
 * A free hidden name in a folder for a file that is being written; short, whatever the final name's length: names end at
 * 255 bytes. It tells the writer, so that `removeAbandoned` can tell whether it still lives.
 */
export function temporaryPath(directory: string): string {
  return join(directory, `.clipbook-${hostDigest()}-${process.pid}-${randomBytes(6).toString("hex")}.tmp`);
}

/** Removes a temporary file or folder after a failure, which is what the user is told: another one here must not hide it. */
export async function discardTemporary(path: string): Promise<void> {
  await rm(path, { force: true, recursive: true }).catch(() => undefined);
}

/**
 * Removes the temporary files of writers that were killed, so that they do not fill the disk: those whose process is no
 * more and that nobody touched for a minute, and any that nobody touched for a day.
 * @param now milliseconds since 1970
 * @param kind folders instead of files, where such are written
 */
export async function removeAbandoned(
  directory: string,
  now: number = Date.now(),
  kind: "files" | "folders" = "files",
): Promise<void> {
  // What cannot be listed or removed is left alone: writing the new file is what this is for, and tells what is wrong.
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((candidate) => ours.test(candidate))) {
    const path = join(directory, name);
    const state = await lstat(path).catch(() => undefined);
    if (state === undefined || !(kind === "files" ? state.isFile() : state.isDirectory())) continue;
    const idleMs = now - state.mtimeMs;
    if (idleMs > oldMs || (idleMs > quietMs && isWriterGone(name))) {
      await discardTemporary(path);
    }
  }
}

function isWriterGone(name: string): boolean {
  const { host, writer } = ours.exec(name)?.groups ?? {};
  if (writer === undefined || host !== hostDigest()) return false;
  try {
    // Signal 0 only asks whether there is such a process (kill(2)).
    process.kill(Number(writer), 0);
    return false;
  } catch (error) {
    return isErrorCode(error, "ESRCH");
  }
}

/** Part of a file's name whatever characters the machine's name has. */
function hostDigest(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}
