import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { packageRoot } from "../packageRoot.ts";
import { openPhraseEncoder } from "../pipeline/phraseEncoder.ts";
import { openRunVectors } from "../pipeline/runVectors.ts";
import { openScreenImages } from "../pipeline/screenImages.ts";
import { createApp } from "../server/createApp.ts";
import type { ServerContext } from "../server/serverContext.ts";
import { startServer } from "../server/startServer.ts";
import { openStudy } from "../store/openStudy.ts";
import { openThumbnailCache } from "../store/thumbnailCache.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook serve`, as commander hands them over. */
export interface ServeOptions {
  readonly study: string;
  readonly codebook?: string;
  readonly model?: string;
  readonly host: string;
  readonly port?: number;
  readonly open: boolean;
  readonly threads?: number;
  readonly json?: boolean;
}

/** The first port that is tried. */
const firstPort = 4700;

/** Names by which a browser reaches the loopback interface. */
const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * `clipbook serve`: the study as a web app, until Ctrl-C.
 * @throws UserError for a folder that is not there, a study that cannot be opened, a port that cannot be had
 */
export async function runServe(options: ServeOptions, terminal: Terminal): Promise<void> {
  requireFolder(options.study);
  const { model, threads } = options;
  const study = openStudy(options.study);
  const phraseEncoder = openPhraseEncoder(study, { model, threads, environment: terminal.environment });
  const thumbnails = openThumbnailCache(join(options.study, "clipbook.thumbnails.db"), (why) =>
    terminal.stderr(`note: thumbnails are not kept, and made again each time: ${why}\n`),
  );
  const screenImages = openScreenImages(study, thumbnails);
  const context: ServerContext = {
    study,
    codebookPath: options.codebook ?? join(options.study, "codebook.yaml"),
    phraseEncoder,
    runVectors: openRunVectors(study),
    screenImages,
    now: () => new Date(),
  };
  const isLoopback = ["127.0.0.1", "::1", "localhost"].includes(options.host);
  const token = isLoopback ? undefined : randomBytes(18).toString("base64url");
  const onFault = (error: unknown) => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.stderr(`error: this is a fault of Clipbook, please report it with these lines:\n${trace}\n`);
  };
  try {
    const server = await startServer(
      (port) => {
        const hosts = isLoopback ? loopbackNames.map((name) => `${name}:${port}`) : undefined;
        const webFolder = join(packageRoot, "dist/web");
        return createApp({ context, access: { hosts, token }, webFolder, onFault }).fetch;
      },
      { hostname: options.host, port: options.port ?? firstPort, tryNext: options.port === undefined },
    );
    const shown = options.host.includes(":") ? `[${options.host}]` : options.host;
    const address = `http://${shown}:${server.port}/${token === undefined ? "" : `?token=${token}`}`;
    tell(address, options, terminal);
    await untilAborted(terminal.signal);
    await server.close();
  } finally {
    await screenImages.close();
    await phraseEncoder.close();
    study.close();
  }
}

/** A typing error must not make a new folder. @throws UserError */
function requireFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new UserError(`${folder}: there is no such folder`, {
    hint: "name the study's folder with --study DIR",
  });
}

function tell(address: string, { json, open, study }: ServeOptions, terminal: Terminal): void {
  if (json) terminal.stdout(`${JSON.stringify({ address })}\n`);
  else terminal.stdout(`${address}\n`);
  terminal.stderr(`the study in ${printable(study)} is open at this address; Ctrl-C ends it\n`);
  if (open) openBrowser(address, terminal);
}

/** Opens the user's browser where there is one; the address stands in the terminal anyway. */
function openBrowser(address: string, { environment }: Terminal): void {
  const { platform } = process;
  const hasScreen = platform !== "linux" || environment.DISPLAY || environment.WAYLAND_DISPLAY;
  if (!hasScreen) return;
  const [command, args] =
    platform === "darwin"
      ? ["open", [address]]
      : platform === "win32"
        ? ["rundll32", ["url.dll,FileProtocolHandler", address]]
        : ["xdg-open", [address]];
  const child = spawn(command as string, args as string[], { stdio: "ignore", detached: true });
  // A machine without such a program: the address was printed.
  child.on("error", () => undefined);
  child.unref();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
