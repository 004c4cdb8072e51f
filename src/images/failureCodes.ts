/** All reasons why a unit can have no prediction. */
export const failureCodes = [
  "empty_file",
  "not_an_image",
  "unsupported_format",
  "truncated",
  "corrupt",
  "too_many_pixels",
  "missing_file",
  "permission_denied",
  "not_a_regular_file",
  "broken_symlink",
  "symlink_loop",
  "unreadable_name",
  "changed_during_read",
  "timeout",
  "decoder_crashed",
] as const;

/** Why a unit has no prediction; the words before the colon in `Classification Error`. */
export type FailureCode = (typeof failureCodes)[number];
