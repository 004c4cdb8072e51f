/** How numbers are stored in a tower: `int8` is smaller and faster, and close to but not equal to `float32`. */
export type Precision = "float32" | "int8";

/** Every precision, the default first. */
export const precisions: readonly Precision[] = ["float32", "int8"];

/** How a model was trained: `clip` with a softmax over phrases, `siglip` with one sigmoid per phrase. */
export type ModelFamily = "clip" | "siglip";

/** One commit of a repository on the Hub. */
export interface HubRevision {
  /** `owner/name`. */
  readonly repository: string;
  /** The full commit hash: a branch could change under a finished study. */
  readonly revision: string;
}

/** Where a registered model comes from. */
export type ModelOrigin =
  | ({ readonly kind: "hub" } & HubRevision)
  | {
      readonly kind: "bundled";
      /** Folder under Clipbook's own, with forward slashes. */
      readonly directory: string;
    };

/** A file of a model; what is not known of it is absent and is recorded at the first download. */
export interface RegisteredFile {
  /** Path in the model's folder, with forward slashes. */
  readonly path: string;
  readonly bytes?: number;
  /** Lower-case hexadecimal. */
  readonly sha256?: string;
}

/** The graphs of one precision: a tower each for images and phrases, or both in one file. */
export type RegisteredTowers =
  | { readonly kind: "separate"; readonly vision: RegisteredFile; readonly text: RegisteredFile }
  | { readonly kind: "joint"; readonly model: RegisteredFile };

/**
 * Fingerprints of what a model's towers gave for the self-test's pictures and phrases where their values were recorded
 * (`tools/recordSelfTest.ts`). `[6, 8]` each
 */
export interface SelfTestRecord {
  readonly image: readonly (readonly number[])[];
  readonly text: readonly (readonly number[])[];
}

/** A model that Clipbook knows by name. */
export interface RegisteredModel {
  readonly id: string;
  readonly origin: ModelOrigin;
  readonly family: ModelFamily;
  /** What cosines are multiplied by (the exponential of the stored parameter); absent: only the graph tells. */
  readonly logitScale?: number;
  /** What is added to scaled cosines (SigLIP). */
  readonly logitBias?: number;
  /** Longest phrase in tokens, special tokens included. */
  readonly contextLength: number;
  /** SPDX name of the weights' licence. */
  readonly licence: string;
  /** One sentence for someone who has to choose. */
  readonly goodFor: string;
  /** What a user has to be told before believing the model's answers. */
  readonly caveat?: string;
  /** Configuration and tokenizer: what every precision needs. */
  readonly files: readonly RegisteredFile[];
  /** The published graphs. int8 ones count only where there are no float32 ones: Clipbook makes int8 itself. */
  readonly towers: Readonly<Partial<Record<Precision, RegisteredTowers>>>;
  /** What the self-test compares with; absent for models whose values nobody has recorded yet. */
  readonly selfTest?: Readonly<Partial<Record<Precision, SelfTestRecord>>>;
}

/** The published precision that one is served from: int8 is made from float32 where there is float32. */
export function publishedPrecision(model: RegisteredModel, precision: Precision): Precision {
  return precision === "int8" && model.towers.float32 !== undefined ? "float32" : precision;
}

/** The graphs of a precision as a list; empty when the model has none of that precision. */
export function towerFiles(model: RegisteredModel, precision: Precision): readonly RegisteredFile[] {
  const towers = model.towers[precision];
  if (towers === undefined) return [];
  return towers.kind === "joint" ? [towers.model] : [towers.vision, towers.text];
}

/** Every file that one precision needs, external data excepted, which only the graphs name. */
export function requiredFiles(model: RegisteredModel, precision: Precision): readonly RegisteredFile[] {
  return [...model.files, ...towerFiles(model, precision)];
}
