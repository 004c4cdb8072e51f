/** Why a unit has no prediction; the words before the colon in `Classification Error`. */
export type FailureCode =
  | "empty_file"
  | "not_an_image"
  | "unsupported_format"
  | "truncated"
  | "corrupt"
  | "too_many_pixels"
  | "missing_file"
  | "permission_denied"
  | "not_a_regular_file"
  | "broken_symlink"
  | "symlink_loop"
  | "unreadable_name"
  | "changed_during_read"
  | "timeout"
  | "decoder_crashed";

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
