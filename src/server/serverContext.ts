import type { Environment } from "../model/cacheHome.ts";
import type { Indexing } from "../pipeline/indexing/indexingJob.ts";
import type { PhraseEncoder } from "../pipeline/phraseEncoder.ts";
import type { RunVectors } from "../pipeline/runVectors.ts";
import type { ScreenImages } from "../pipeline/screenImages.ts";
import type { Study } from "../store/openStudy.ts";

/** What every route works with. */
export interface ServerContext {
  readonly study: Study;
  /** The codebook file that the app edits; it need not be there yet. */
  readonly codebookPath: string;
  readonly phraseEncoder: PhraseEncoder;
  readonly runVectors: RunVectors;
  readonly screenImages: ScreenImages;
  readonly indexing: Indexing;
  /** The model that the user named for the runs of this study. */
  readonly model?: string | undefined;
  readonly environment: Environment;
  /** The user's clock. */
  readonly now: () => Date;
}
