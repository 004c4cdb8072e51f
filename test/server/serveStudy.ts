import { join } from "node:path";
import { packageRoot } from "../../src/packageRoot.ts";
import { openIndexing } from "../../src/pipeline/indexing/indexingJob.ts";
import { openPhraseEncoder } from "../../src/pipeline/phraseEncoder.ts";
import type { QueueSettings } from "../../src/pipeline/queue/queueSpec.ts";
import { openRunVectors } from "../../src/pipeline/runVectors.ts";
import { openScreenImages } from "../../src/pipeline/screenImages.ts";
import { createAccessKeys } from "../../src/server/accessKeys.ts";
import { createApp } from "../../src/server/createApp.ts";
import type { ServerContext } from "../../src/server/serverContext.ts";
import { startServer } from "../../src/server/startServer.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { openThumbnailCache } from "../../src/store/thumbnailCache.ts";
import { learnToken } from "./askApp.ts";

/** What a test may set of a served study. */
export interface ServeInTest {
  readonly codebookPath?: string;
  /** The model of the runs; by default the one that they name. */
  readonly model?: string;
  readonly now?: () => Date;
  /** Where jobs are embedded; by default in this process. */
  readonly queue?: QueueSettings;
  /** By default one that is free. */
  readonly port?: number;
  /** Told of errors that were Clipbook's own. */
  readonly onFault?: (error: unknown) => void;
}

/** A context for `createApi` or `createApp`, and how to give everything back. */
export function contextOf(folder: string, { codebookPath, model, now, queue, onFault }: ServeInTest = {}) {
  const study = openStudy(folder);
  const phraseEncoder = openPhraseEncoder(study, { model });
  const troubles: string[] = [];
  const thumbnails = openThumbnailCache(join(folder, "clipbook.thumbnails.db"), (why) => troubles.push(why));
  const screenImages = openScreenImages(study, thumbnails);
  const path = codebookPath ?? join(folder, "codebook.yaml");
  const context: ServerContext = {
    study,
    codebookPath: path,
    phraseEncoder,
    runVectors: openRunVectors(study),
    screenImages,
    indexing: openIndexing({ study, codebookPath: path, queue, onFault }),
    model,
    environment: process.env,
    now: now ?? (() => new Date()),
  };
  return {
    context,
    /** Why thumbnails are not kept. */
    troubles,
    close: async () => {
      await screenImages.close();
      await context.indexing.close();
      await phraseEncoder.close();
      study.close();
    },
  };
}

/** Serves a study on a free port, as `clipbook serve` does, in this process. */
export async function serveStudy(folder: string, options: ServeInTest = {}) {
  const faults: unknown[] = [];
  const onFault = (error: unknown) => void faults.push(error);
  const { context, close } = contextOf(folder, { onFault, ...options });
  const keys = createAccessKeys();
  const server = await startServer(
    (port) =>
      createApp({
        context,
        access: { hosts: [`127.0.0.1:${port}`], keys },
        webFolder: join(packageRoot, "dist/web"),
        onFault,
      }).fetch,
    {
      hostname: "127.0.0.1",
      port: options.port ?? 21_000 + Math.floor(Math.random() * 20_000),
      tryNext: options.port === undefined,
    },
  );
  const address = `http://127.0.0.1:${server.port}`;
  const whole = `${address}/#token=${keys.token}`;
  learnToken(whole);
  return {
    address,
    /** With the token, as the terminal would show it. */
    whole,
    context,
    /** Errors that were Clipbook's own. */
    faults,
    close: async () => {
      await server.close();
      await close();
    },
  };
}
