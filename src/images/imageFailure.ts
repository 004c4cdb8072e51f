import type { FailureCode } from "./failureCodes.ts";

/** One image that cannot be used: an expected outcome that is counted and shown, never the end of a run. */
export class ImageFailure extends Error {
  readonly code: FailureCode;

  /** `sentence` holds no path: it is written into tables that people share. */
  constructor(code: FailureCode, sentence: string, options?: { readonly cause?: unknown }) {
    super(sentence, options);
    this.name = "ImageFailure";
    this.code = code;
  }
}
