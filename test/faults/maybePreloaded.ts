import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A call to the system by its kind: writing bytes, waiting for the disk (fsync), giving a name (rename, link). */
export type CallKind = "write" | "sync" | "name";

/** What a process is to believe of its machine. */
export interface PreloadedSpec {
  /** Calls on paths that begin so are counted, and may fail. */
  readonly below?: string;
  readonly kinds?: readonly CallKind[];
  /** The number of the call that fails, from 1, and of all after it unless `isOnce`; without it all succeed. */
  readonly at?: number;
  readonly isOnce?: boolean;
  /** errno(3), by default EIO. */
  readonly errno?: number;
  /** A file that gets a line for each counted call: the kind's letter and the path. */
  readonly log?: string;
  /** What statfs(2) says of every disk. */
  readonly diskType?: number;
  /** No file can be memory that is shared for writing. */
  readonly mapsNothing?: boolean;
  /** How far its clock is ahead of the machine's; negative for one that was set back. */
  readonly clockAheadS?: number;
}

let library: string | undefined;

/**
 * The environment in which a process meets these faults, by a library that is compiled here and loaded before all others; undefined
 * where there is no gcc or no Linux.
 */
export function maybePreloaded(spec: PreloadedSpec): Readonly<Record<string, string>> | undefined {
  library ??= maybeLibrary();
  if (library === undefined) return undefined;
  const { below, kinds = [], at, isOnce, errno, log, diskType, mapsNothing, clockAheadS } = spec;
  return {
    LD_PRELOAD: library,
    ...(below !== undefined && { FAULT_BELOW: below }),
    ...(kinds.length > 0 && { FAULT_KINDS: kinds.map((kind) => kind[0]).join("") }),
    ...(at !== undefined && { FAULT_AT: String(at) }),
    ...(isOnce && { FAULT_ONCE: "1" }),
    ...(errno !== undefined && { FAULT_ERRNO: String(errno) }),
    ...(log !== undefined && { FAULT_LOG: log }),
    ...(diskType !== undefined && { DISK_TYPE: String(diskType) }),
    ...(mapsNothing && { DISK_MAPS_NOTHING: "1" }),
    ...(clockAheadS !== undefined && { CLOCK_AHEAD_S: String(clockAheadS) }),
    // Calls through io_uring would pass the library by.
    UV_USE_IO_URING: "0",
  };
}

function maybeLibrary(): string | undefined {
  if (process.platform !== "linux") return undefined;
  const folder = mkdtempSync(join(tmpdir(), "clipbook-preloaded-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "preloaded.so");
  const source = join(import.meta.dirname, "preloaded.c");
  const { status, stderr } = spawnSync("gcc", ["-shared", "-fPIC", "-O1", "-o", path, source, "-ldl"], {
    encoding: "utf8",
  });
  // No gcc at all has no status; one that does not take the file is a fault of the file.
  if (status === null) return undefined;
  if (status !== 0) throw new Error(stderr);
  return path;
}
