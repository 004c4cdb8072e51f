import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { hashFile } from "./digests.ts";
import { withDownloadLock } from "./downloadLock.ts";
import { type CachedRepository, isFile, linkBlob } from "./hubCache.ts";
import {
  asConnectionFailure,
  ConnectionFailure,
  type HubConnection,
  withinSilence,
} from "./hubConnection.ts";
import { describeStatus, type HubFile } from "./hubFile.ts";
import type { HubRevision } from "./registeredModel.ts";
import { retryConnection } from "./retryConnection.ts";

const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;

/** One file to bring into the Hub cache. */
export interface FileDownload {
  readonly revision: HubRevision;
  readonly cache: CachedRepository;
  readonly file: HubFile;
  /** The digest that the file must have, where one is known. */
  readonly sha256: string | undefined;
  /** Called with the bytes that are on this machine, those of an earlier attempt included. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Downloads one file into the Hub cache: bytes go to `blobs/ETAG.incomplete`, which a broken or later download
 * continues; only a file with the right size and digest becomes a blob and gets its name in the snapshot.
 *
 * The bytes come by plain HTTP with Range instead of through the Hub library: its `downloadFileToCacheDir` begins
 * anew each time, and its blobs take the whole file for the rest of it when a server ignores Range.
 * @throws UserError for a file with a wrong digest, which is deleted, and for a cache that cannot be written
 * @throws ConnectionFailure when the connection breaks again and again
 */
export async function downloadHubFile(hub: HubConnection, download: FileDownload): Promise<void> {
  const { cache, file } = download;
  const blob = join(cache.blobs, file.etag);
  const incomplete = `${blob}.incomplete`;
  try {
    await mkdir(cache.blobs, { recursive: true });
    // Other tools list a repository's folder and expect it.
    await mkdir(join(cache.directory, "refs"), { recursive: true });
    await withDownloadLock(
      `${incomplete}.lock`,
      async () => {
        // Another process, or another revision with the same content, may have brought it.
        if (!(await isFile(blob))) await fillBlob(hub, download, incomplete, blob);
        await linkBlob(blob, join(cache.snapshot, ...file.path.split("/")));
        download.onBytes(file.bytes);
      },
      { signal: hub.signal },
    );
  } catch (error) {
    throw describeDiskError(error, cache);
  }
}

async function fillBlob(
  hub: HubConnection,
  download: FileDownload,
  incomplete: string,
  blob: string,
): Promise<void> {
  await removeOtherThanFile(incomplete);
  const keptBytes = await sizeOf(incomplete);
  await receive(hub, download, incomplete);
  let wrong = await findMismatch(download, incomplete, hub.signal);
  if (wrong !== undefined && keptBytes > 0) {
    // What an earlier run or another tool left may be of something else: once more, from the start.
    await rm(incomplete);
    await receive(hub, download, incomplete);
    wrong = await findMismatch(download, incomplete, hub.signal);
  }
  if (wrong !== undefined) {
    await rm(incomplete);
    throw new UserError(`${download.file.path} from ${hub.endpoint} is not the expected file: ${wrong}`, {
      hint: "it was deleted; try again, and if it happens again do not use this source (HF_ENDPOINT)",
    });
  }
  await rename(incomplete, blob);
}

/** Brings the file's missing bytes, trying again after a broken connection. */
async function receive(hub: HubConnection, download: FileDownload, incomplete: string): Promise<void> {
  // A link that was put there just now is not followed either.
  const handle = await open(incomplete, O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0), 0o666);
  let bytes = (await handle.stat()).size;
  const restart = async () => {
    await handle.truncate(0);
    bytes = 0;
  };
  try {
    if (bytes > download.file.bytes) await restart();
    download.onBytes(bytes);
    await retryConnection(
      hub,
      async () => {
        if (bytes === download.file.bytes) return;
        for await (const piece of readRange(hub, download, bytes, restart)) {
          await handle.appendFile(piece);
          bytes += piece.length;
          download.onBytes(bytes);
        }
        if (bytes < download.file.bytes)
          throw new ConnectionFailure("the connection was closed", { retriable: true });
      },
      () => bytes,
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The file from `offset` on, in pieces; `restart` is called when the server sends it from the start all the same. */
async function* readRange(
  hub: HubConnection,
  { file, revision }: FileDownload,
  offset: number,
  restart: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const done = new AbortController();
  try {
    const headers: Record<string, string> = offset > 0 ? { Range: `bytes=${offset}-` } : {};
    const response = await hub.fetch(file.url, { headers, signal: done.signal });
    if (!response.ok) throw describeStatus(response.status, hub, revision, file.path);
    const start = response.status === 206 ? rangeStart(response) : 0;
    if (start !== offset && start !== 0) {
      throw new ConnectionFailure(`bytes from ${start} instead of ${offset}`, { retriable: true });
    }
    if (start !== offset) await restart();
    let left = file.bytes - start;
    for await (const piece of readBody(hub, response)) {
      left -= piece.length;
      if (left < 0) {
        throw new UserError(
          `${hub.endpoint} sends more of ${file.path} than the ${file.bytes} bytes it announced`,
          {
            hint: "check HF_ENDPOINT, or set it to another mirror",
          },
        );
      }
      yield piece;
    }
  } finally {
    done.abort();
  }
}

async function* readBody(hub: HubConnection, response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  while (true) {
    const { done, value } = await withinSilence(hub.stallMs, [hub.signal], (signal) =>
      Promise.race([reader.read(), untilAborted(signal)]),
    ).catch((error) => {
      throw asConnectionFailure(error);
    });
    if (done) return;
    yield value;
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function rangeStart(response: Response): number {
  const start = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
  return start === undefined ? 0 : Number(start);
}

/** What is wrong with the received bytes; undefined when nothing is. */
async function findMismatch(
  { file, sha256 }: FileDownload,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const expected = sha256 ?? (/^[0-9a-f]{64}$/.test(file.etag) ? file.etag : undefined);
  if (expected !== undefined) {
    const found = await hashFile(path, signal);
    if (found !== expected) return `SHA-256 ${found} instead of ${expected}`;
  }
  if (/^[0-9a-f]{40}$/.test(file.etag)) {
    // Small files, which Git itself holds: "blob", size, NUL, content (Pro Git, "Git Objects").
    const content = await readFile(path);
    const found = createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
    if (found !== file.etag) return `Git object ${found} instead of ${file.etag}`;
  }
  return undefined;
}

/** A link in the place of a download's part would have the bytes written to where it leads. */
async function removeOtherThanFile(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isFile()) await rm(path, { recursive: true });
  } catch (error) {
    if (!isErrorCode(error, "ENOENT")) throw error;
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await isFile(path)) ? (await stat(path)).size : 0;
}

function describeDiskError(error: unknown, cache: CachedRepository): unknown {
  if (isErrorCode(error, "ENOSPC", "EDQUOT")) {
    return new UserError(`the disk with ${cache.directory} is full`, {
      hint: "make room, or set HF_HOME to a folder on a larger disk; the download continues where it stopped",
      cause: error,
    });
  }
  if (isErrorCode(error, "EACCES", "EPERM", "EROFS", "ENOTDIR")) {
    return new UserError(`the Hub cache ${cache.directory} cannot be written`, {
      hint: "set HF_HOME to a folder of your own",
      cause: error,
    });
  }
  if (isErrorCode(error, "EIO", "ESTALE", "EFBIG")) {
    return new UserError(`the disk with ${cache.directory} fails: ${(error as Error).message}`, {
      hint: "set HF_HOME to a folder on another disk",
      cause: error,
    });
  }
  return error;
}
