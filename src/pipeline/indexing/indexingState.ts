import type { Scoring } from "../../classify.ts";
import type { View } from "../../images/viewGeometry.ts";
import type { DownloadProgress } from "../../model/downloadModel.ts";
import type { Precision } from "../../model/registeredModel.ts";
import type { IndexProgress } from "../indexImages.ts";
import type { QueueState } from "./queueState.ts";

/** What an indexing job is told to do; the same as `clipbook classify` is told. */
export interface IndexingSpec {
  /** Folders, image files, patterns, archives, or one table; relative names count from the current folder. */
  readonly inputs: readonly string[];
  /** A registered model's id or a folder. */
  readonly model: string;
  readonly precision: Precision;
  /** By default the view that the model was trained with. */
  readonly view?: View | undefined;
  readonly scoring: Scoring;
  readonly imageColumn?: string | undefined;
  readonly truncate?: boolean | undefined;
  /** Whether symbolic links are followed that lead out of the folders named. */
  readonly followOutside?: boolean | undefined;
  readonly logitScale?: number | undefined;
  readonly logitBias?: number | undefined;
  readonly maxMegapixels?: number | undefined;
}

/** Where a job is: before the first one `idle`, and at its end `stopped`, `done` or `failed`. */
export type IndexingPhase =
  | "idle"
  | "opening"
  | "counting"
  | "running"
  | "pausing"
  | "paused"
  | "stopping"
  | "stopped"
  | "done"
  | "failed";

/** A unit that could not be classified. */
export interface FailedUnit {
  readonly unit: string;
  readonly code: string;
  readonly sentence: string;
}

/** A job as it is at one moment. */
export interface IndexingState {
  readonly phase: IndexingPhase;
  /** Numbers a server's jobs from 1; 0 before the first. */
  readonly job: number;
  readonly spec: IndexingSpec | undefined;
  /** Of the model, while it is opened and was not on this machine. */
  readonly download: DownloadProgress | undefined;
  /** The graph whose int8 variant is being made. */
  readonly making: string | undefined;
  /** How many units there are, once they were counted. */
  readonly of: number | undefined;
  readonly progress: IndexProgress;
  /** Units per second lately; undefined before it can be told, and while nothing runs. */
  readonly imagesPerSecond: number | undefined;
  /** The first of `progress.failed`; the run has them all. The same array until another one comes. */
  readonly failures: readonly FailedUnit[];
  /** Folders below the inputs whose pictures Clipbook drew itself. */
  readonly leftOut: readonly string[];
  /** Set when nothing told the model's logit scale: the usual one of its family. */
  readonly usualLogitScale: number | undefined;
  /** The new run, when the job is done. */
  readonly runId: number | undefined;
  /** What the job failed with. */
  readonly error: unknown;
  /** Undefined where this process embeds the pictures itself. */
  readonly queue: QueueState | undefined;
}

/** Before the first job. */
export const idleState: IndexingState = {
  phase: "idle",
  job: 0,
  spec: undefined,
  download: undefined,
  making: undefined,
  of: undefined,
  progress: { units: 0, embedded: 0, failed: 0, ignored: 0 },
  imagesPerSecond: undefined,
  failures: [],
  leftOut: [],
  usualLogitScale: undefined,
  runId: undefined,
  error: undefined,
  queue: undefined,
};

/** Units that need nothing more, also those that wait for one before them. */
export function unitsDone({ units, waiting = 0 }: Pick<IndexProgress, "units" | "waiting">): number {
  return units + waiting;
}

/** Whether a job is under way, also one that is paused. */
export function isUnderWay({ phase }: Pick<IndexingState, "phase">): boolean {
  return phase !== "idle" && phase !== "stopped" && phase !== "done" && phase !== "failed";
}
