import type { FailureCode } from "../../images/failureCodes.ts";

/** What a job means could not be read on this machine; it may be on another. `code` is that of a unit that fails so. */
export class Unreachable extends Error {
  readonly code: FailureCode;

  /** `sentence` holds no path: it is written into tables that people share. */
  constructor(code: FailureCode, sentence: string, options?: { readonly cause?: unknown }) {
    super(sentence, options);
    this.name = "Unreachable";
    this.code = code;
  }
}
