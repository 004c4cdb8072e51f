import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { Environment } from "./cacheHome.ts";
import { downloadHubFile } from "./downloadHubFile.ts";
import { type CachedRepository, cachedRepository, hubCacheDirectory, isFile } from "./hubCache.ts";
import {
  ConnectionFailure,
  type ConnectionOptions,
  connectHub,
  type HubConnection,
} from "./hubConnection.ts";
import { type HubFile, readHubFile } from "./hubFile.ts";
import { largestJsonBytes } from "./modelConfig.ts";
import { findExternalData } from "./modelFolder.ts";
import { readRecordedDigests } from "./recordedDigests.ts";
import {
  type HubRevision,
  type Precision,
  type RegisteredFile,
  type RegisteredModel,
  requiredFiles,
  towerFiles,
} from "./registeredModel.ts";
import { retryConnection } from "./retryConnection.ts";

/** How far a download is. */
export interface DownloadProgress {
  readonly model: string;
  /** The file in work, as the repository names it. */
  readonly file: string;
  /** Of that file, those of an earlier attempt included. */
  readonly fileBytes: number;
  readonly fileTotalBytes: number;
  /** Of all files that were missing. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Settings of `downloadModel`. */
export interface DownloadOptions extends ConnectionOptions {
  readonly precision: Precision;
  readonly environment: Environment;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/**
 * Makes sure that a registered model of the Hub is in the Hub cache, downloading what is missing, and returns its
 * folder there. Nothing is asked of the network when everything is there.
 * @throws UserError when the model lacks the precision, the Hub cannot be reached or lacks a file, a digest is wrong,
 * or the cache cannot be written
 */
export async function downloadModel(
  model: RegisteredModel,
  revision: HubRevision,
  options: DownloadOptions,
): Promise<string> {
  const cache = cachedRepository(options.environment, revision);
  const files = requiredFiles(model, options.precision);
  await downloadMissing(model, revision, cache, files, options);
  for (const { path } of towerFiles(model, options.precision)) {
    const external = await findExternalData(cache.snapshot, path);
    await downloadMissing(
      model,
      revision,
      cache,
      external.map((name) => ({ path: name })),
      options,
    );
  }
  return cache.snapshot;
}

async function filterMissing(
  cache: CachedRepository,
  files: readonly RegisteredFile[],
): Promise<readonly RegisteredFile[]> {
  const missing: RegisteredFile[] = [];
  for (const file of files) if (!(await isFile(join(cache.snapshot, file.path)))) missing.push(file);
  return missing;
}

async function downloadMissing(
  model: RegisteredModel,
  revision: HubRevision,
  cache: CachedRepository,
  files: readonly RegisteredFile[],
  options: DownloadOptions,
): Promise<void> {
  const missing = await filterMissing(cache, files);
  if (missing.length === 0) return;
  const hub = connectHub(options.environment, options);
  const isPartly = missing.length < requiredFiles(model, options.precision).length;
  if (hub.isOffline) throw unreachable(model, revision, hub, options, isPartly, "HF_HUB_OFFLINE is set");
  let file = missing[0] as RegisteredFile;
  try {
    const found: HubFile[] = [];
    for (file of missing) found.push(await retryConnection(hub, () => readHubFile(hub, revision, file.path)));
    const recorded = await readRecordedDigests(cache.directory, revision.revision);
    const totalBytes = found.reduce((sum, { bytes }) => sum + bytes, 0);
    let bytesBefore = 0;
    for (const [index, hubFile] of found.entries()) {
      file = missing[index] as RegisteredFile;
      checkSize(file, hubFile, hub);
      await downloadHubFile(hub, {
        revision,
        cache,
        file: hubFile,
        sha256: file.sha256 ?? recorded[file.path]?.sha256,
        onBytes: (fileBytes) =>
          options.onProgress?.({
            model: model.id,
            file: hubFile.path,
            fileBytes,
            fileTotalBytes: hubFile.bytes,
            bytes: bytesBefore + fileBytes,
            totalBytes,
          }),
      });
      bytesBefore += hubFile.bytes;
    }
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    if (!hub.wasReached()) throw unreachable(model, revision, hub, options, isPartly, error.message);
    throw new UserError(
      `${model.id}: ${file.path} could not be downloaded from ${hub.endpoint}: ${error.message}`,
      {
        hint: "run the same command again, it continues where it stopped; HF_ENDPOINT sets another source",
        cause: error,
      },
    );
  }
}

/** The largest weights in one file on the Hub have 50 GB, the Hub's own limit; anything above is no model. */
const largestFileBytes = 2 ** 36;

function checkSize(file: RegisteredFile, found: HubFile, hub: HubConnection): void {
  const largest = file.path.endsWith(".json") ? largestJsonBytes : largestFileBytes;
  if (found.bytes > largest) {
    throw new UserError(`${hub.endpoint} has ${file.path} with ${found.bytes} bytes, more than any model's`, {
      hint: "do not use this source: set HF_ENDPOINT to another one",
    });
  }
  if (file.bytes === undefined || file.bytes === found.bytes) return;
  throw new UserError(`${hub.endpoint} has ${file.path} with ${found.bytes} bytes instead of ${file.bytes}`, {
    hint: "this is not the model that Clipbook knows: set HF_ENDPOINT to another source",
  });
}

function unreachable(
  model: RegisteredModel,
  revision: HubRevision,
  hub: HubConnection,
  { environment }: DownloadOptions,
  isPartly: boolean,
  reason: string,
): UserError {
  const where = isPartly ? "only partly on this machine" : "not on this machine";
  const folder = `models--${revision.repository.replaceAll("/", "--")}`;
  return new UserError(`${model.id} is ${where} and the Hub cannot be reached`, {
    hint:
      `copy a folder with the model from another machine and use --model DIR, or its ${folder} into ` +
      `${hubCacheDirectory(environment)}; or set HF_ENDPOINT to a mirror or HF_HOME to a cache that has it ` +
      `(${hub.endpoint}: ${reason})`,
  });
}
