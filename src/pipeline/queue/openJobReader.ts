import { createHash } from "node:crypto";
import { join, relative, sep } from "node:path";
import { ImageFailure } from "../../images/imageFailure.ts";
import { openUnitReader } from "../../images/unitReader.ts";
import { withFileBytes } from "../../images/withFileBytes.ts";
import type { JobUnit } from "../../queue/jobForms.ts";
import { fetchFile } from "./fetchFile.ts";
import { isAddress, ownRootName, type Root } from "./roots.ts";
import { Unreachable } from "./unreachable.ts";

/** Reads the files that jobs name. */
export interface JobReader {
  /**
   * Works on a file's bytes, which are those that the job means.
   * @throws Unreachable where they are not there; what `work` throws; the signal's reason
   */
  withBytes<To>(unit: JobUnit, work: (bytes: Buffer) => Promise<To>, signal: AbortSignal): Promise<To>;
  /** How many files in a row could not be read, leaving out those that no worker with an address can. */
  unreadInRow(): number;
}

/** How jobs' files are read. */
export interface JobReaderOptions {
  /** Whether jobs may name any file of this machine, as the coordinator's own do. */
  readonly isLocal: boolean;
  /** For one file from an address; two minutes unless told otherwise. */
  readonly fetchMs?: number | undefined;
}

/** @param roots where this machine has what jobs name */
export function openJobReader(
  roots: readonly Root[],
  { isLocal, fetchMs = 120_000 }: JobReaderOptions,
): JobReader {
  const reader = openUnitReader();
  let unread = 0;

  const fileAt = async (place: string, sizeBytes: number): Promise<{ read(): Promise<Buffer> }> => {
    const isPlain = !/[^\0-\x7f]/.test(place) || (await reader.exists(place));
    const found = isPlain ? place : ((await reader.maybeMatch(place)) ?? place);
    const file = await reader.unitAt(found, found, 0);
    const there = (await file.fileState()).sizeBytes;
    // Whoever writes jobs could have a worker read what fills its memory.
    if (there !== sizeBytes) throw otherFile();
    return file;
  };
  const read = async ({ root, path, sizeBytes }: JobUnit, signal: AbortSignal): Promise<Buffer> => {
    if (root === ownRootName && isLocal)
      return (await fileAt(sep === "/" ? `/${path}` : path, sizeBytes)).read();
    const place = roots.find(({ name }) => name === root)?.place;
    if (place === undefined) throw new Unreachable("missing_file", `a worker has no root "${root}"`);
    if (isAddress(place)) {
      const forms = new Set([path, path.normalize("NFC"), path.normalize("NFD")]);
      const addresses = [...forms].map((form) => addressOf(place, form));
      return fetchFile(addresses, { sizeBytes, signal, timeoutMs: fetchMs });
    }
    const file = join(place, ...path.split("/"));
    // On Windows a backslash parts names, too.
    const inside = relative(place, file);
    if (inside === ".." || inside.startsWith(`..${sep}`) || inside === file)
      throw new Unreachable("missing_file", "the path leads out of its root");
    return (await fileAt(file, sizeBytes)).read();
  };
  return {
    withBytes: async (unit, work, signal) => {
      if (isArchiveUnderAddress(unit, roots)) {
        throw new Unreachable(
          "missing_file",
          "it is in an archive, and a worker that has an address for its root reads none",
        );
      }
      let isRead = false;
      const workIfMeant = async (bytes: Buffer) => {
        if (createHash("sha256").update(bytes).digest("hex") !== unit.sha256) throw otherFile();
        isRead = true;
        unread = 0;
        return work(bytes);
      };
      try {
        return await withFileBytes(
          { read: () => inTime(read(unit, signal), fetchMs) },
          unit.sizeBytes,
          workIfMeant,
          {
            signal,
          },
        );
      } catch (error) {
        if (isRead || !(error instanceof ImageFailure || error instanceof Unreachable)) throw error;
        unread += 1;
        if (error instanceof Unreachable) throw error;
        throw new Unreachable(error.code, error.message, { cause: error });
      }
    },
    unreadInRow: () => unread,
  };
}

/** A disk in the network may hang for ever, and with it the job, whose worker gives signs of life. @throws Unreachable */
async function inTime<T>(reading: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Unreachable("timeout", "a worker's disk took too long")),
    ms,
  );
  try {
    return await Promise.race([reading, late.promise]);
  } finally {
    clearTimeout(timer);
    // Whichever comes second is nobody's.
    reading.catch(() => undefined);
  }
}

function otherFile(): Unreachable {
  return new Unreachable("changed_during_read", "a worker found another file in its place");
}

/** @param place an address with a slash at its end */
function addressOf(place: string, path: string): string {
  return `${place}${path
    .split("/")
    .map((name) => encodeURIComponent(name.toWellFormed()))
    .join("/")}`;
}

function isArchiveUnderAddress({ root, path }: JobUnit, roots: readonly Root[]): boolean {
  return /\.zip!\//i.test(path) && roots.some(({ name, place }) => name === root && isAddress(place));
}
