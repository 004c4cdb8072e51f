import { statSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { errorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { packageRoot } from "../packageRoot.ts";
import { openIndexing } from "../pipeline/indexing/indexingJob.ts";
import { openPhraseEncoder } from "../pipeline/phraseEncoder.ts";
import { openRunVectors } from "../pipeline/runVectors.ts";
import { openScreenImages } from "../pipeline/screenImages.ts";
import { type AccessKeys, createAccessKeys } from "../server/accessKeys.ts";
import { createApp } from "../server/createApp.ts";
import type { ServerContext } from "../server/serverContext.ts";
import { startServer } from "../server/startServer.ts";
import { openStudy } from "../store/openStudy.ts";
import { openThumbnailCache } from "../store/thumbnailCache.ts";
import { openBrowser } from "./openBrowser.ts";
import { printable } from "./printable.ts";
import { openQueue, type QueueOptions } from "./queueOptions.ts";
import { isLoopback, loopbackHosts, serveAddresses } from "./serveAddresses.ts";
import { tellSharedDisk } from "./tellSharedDisk.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook serve`, as commander hands them over. */
export interface ServeOptions extends Omit<QueueOptions, "model"> {
  readonly study: string;
  readonly codebook?: string;
  readonly model?: string;
  readonly host: string;
  readonly port?: number;
  readonly open: boolean;
  readonly json?: boolean;
}

/** The first port that is tried. */
const firstPort = 4700;

/**
 * `clipbook serve`: the study as a web app, until Ctrl-C.
 * @throws UserError for a folder that is not there, a study that cannot be opened, a port that cannot be had
 */
export async function runServe(options: ServeOptions, terminal: Terminal): Promise<void> {
  requireFolder(options.study);
  const { model, threads, host } = options;
  const { environment } = terminal;
  // Which model the own worker opens is said by each job.
  const queue = await openQueue({ ...options, model: model ?? "" }, terminal);
  const study = openStudy(options.study);
  tellSharedDisk(study, terminal);
  const thumbnails = openThumbnailCache(join(options.study, "clipbook.thumbnails.db"), (why) =>
    terminal.stderr(`note: thumbnails are not kept, and made again each time: ${why}\n`),
  );
  const screenImages = openScreenImages(study, thumbnails);
  const codebookPath = options.codebook ?? join(options.study, "codebook.yaml");
  const onFault = (error: unknown, fault?: string) => tellFault(error, fault, terminal);
  const phraseEncoder = openPhraseEncoder(study, { model, threads, environment });
  const indexing = openIndexing({ study, codebookPath, threads, queue, environment, onFault });
  const context: ServerContext = {
    study,
    codebookPath,
    phraseEncoder,
    runVectors: openRunVectors(study),
    screenImages,
    indexing,
    model,
    environment,
    now: () => new Date(),
  };
  const keys = createAccessKeys();
  const webFolder = join(packageRoot, "dist/web");
  try {
    const server = await startServer(
      (port) => {
        const hosts = isLoopback(host) ? loopbackHosts(host, port) : undefined;
        return createApp({ context, access: { hosts, keys }, webFolder, onFault }).fetch;
      },
      { hostname: host, port: options.port ?? firstPort, tryNext: options.port === undefined },
    );
    tell(serveAddresses(host, server.port, networkInterfaces()), keys, options, terminal);
    await untilAborted(terminal.signal);
    // The batch of a job that is under way takes longer than the browsers need to be told.
    const ended = indexing.close();
    await server.close();
    await ended;
  } finally {
    await screenImages.close();
    await indexing.close();
    await phraseEncoder.close();
    study.close();
  }
}

/** A typing error must not make a new folder. @throws UserError */
function requireFolder(folder: string): void {
  let isFolder: boolean | undefined;
  try {
    isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory();
  } catch (cause) {
    throw new UserError(`${folder}: this cannot be opened (${errorCode(cause)})`, {
      hint: "check its name and your rights, or name another one with --study DIR",
      cause,
    });
  }
  if (isFolder) return;
  throw new UserError(`${folder}: there is no such folder`, {
    hint: "name the study's folder with --study DIR",
  });
}

function tell(
  addresses: readonly [string, ...string[]],
  keys: AccessKeys,
  { json, open, study, host }: ServeOptions,
  terminal: Terminal,
): void {
  // What stands behind # is never sent by a browser, and is in no log.
  const whole = addresses.map((address) => `${address}#token=${keys.token}`);
  if (json) terminal.stdout(`${JSON.stringify({ address: whole[0], addresses: whole })}\n`);
  else terminal.stdout(`${whole.join("\n")}\n`);
  const which =
    whole.length === 1
      ? "this whole address"
      : "one of these whole addresses (on this machine the first, elsewhere the others)";
  terminal.stderr(
    `the study in ${printable(study)} is open for everybody who has ${which}; Ctrl-C ends it\n`,
  );
  if (!isLoopback(host)) {
    terminal.stderr(
      `note: what goes to ${printable(host)} is not encrypted: use it in networks that you trust\n`,
    );
  }
  // Other users of this machine can see what programs are started with: the browser gets a code that is good once.
  if (open) openBrowser(`${addresses[0]}#code=${keys.newCode()}`, terminal);
}

function tellFault(error: unknown, fault: string | undefined, { stderr }: Terminal): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const name = fault === undefined ? "" : ` (${fault})`;
  stderr(`error: this is a fault of Clipbook${name}, please report it with these lines:\n${trace}\n`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
