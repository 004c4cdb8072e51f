import type { FailureCode } from "../failureCodes.ts";
import type { ViewSpec } from "../viewSpec.ts";

/** What is to be made of a picture. */
export type DecodeJob =
  | { readonly kind: "view"; readonly spec: ViewSpec }
  | { readonly kind: "thumbnail" | "screen"; readonly boxPx: number };

/** What a decoder is told: a job, with the picture's bytes as its body, and, of a larger picture, that its pixels may be decoded. */
export type DecoderRequest =
  | {
      readonly kind: "decode";
      readonly job: DecodeJob;
      /** null for no limit, which JSON cannot say. */
      readonly maxPixels: number | null;
      readonly maxBytes: number;
      /** A picture of so many pixels needs no `go`. */
      readonly reservedPixels: number;
    }
  | { readonly kind: "go" };

/** What a decoder says: that it has started; a picture's size, with which a larger one waits for `go`; and how its job ended. */
export type DecoderAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "size"; readonly widthPx: number; readonly heightPx: number }
  | JobEnd;

/** How a job ended; a picture's pixels, or its JPEG, are the body. */
export type JobEnd = {
  /** What the decoder holds afterwards. */
  readonly residentBytes: number;
} & (
  | {
      readonly kind: "done";
      readonly format: string;
      /** Of the picture as seen, or of its JPEG. */
      readonly widthPx: number;
      readonly heightPx: number;
      readonly warning?: string;
    }
  | { readonly kind: "failure"; readonly code: FailureCode; readonly sentence: string }
  /** The picture is not to blame. */
  | {
      readonly kind: "error";
      readonly isUserError: boolean;
      readonly message: string;
      readonly stack?: string;
      readonly hint?: string;
    }
);

/**
 * An answer as it came through the pipe.
 * @throws RangeError for anything else: whoever breaks into a decoder by a picture must not get further
 */
export function readAnswer(head: unknown): DecoderAnswer {
  const fields = typeof head === "object" && head !== null ? (head as Readonly<Record<string, unknown>>) : {};
  const forms = typeof fields.kind === "string" && Object.hasOwn(answerForms, fields.kind);
  const form = forms ? answerForms[fields.kind as DecoderAnswer["kind"]] : undefined;
  const isSound = form && Object.entries(form).every(([name, isRight]) => isRight(fields[name]));
  if (!isSound) throw new RangeError("an answer of no known form");
  return fields as unknown as DecoderAnswer;
}

const isText = (value: unknown) => typeof value === "string";
const isMaybeText = (value: unknown) => value === undefined || isText(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0;

const answerForms: Readonly<
  Record<DecoderAnswer["kind"], Readonly<Record<string, (value: unknown) => boolean>>>
> = {
  ready: {},
  size: { widthPx: isCount, heightPx: isCount },
  done: {
    residentBytes: isCount,
    format: isText,
    widthPx: isCount,
    heightPx: isCount,
    warning: isMaybeText,
  },
  failure: { residentBytes: isCount, code: isText, sentence: isText },
  error: {
    residentBytes: isCount,
    isUserError: (value) => typeof value === "boolean",
    message: isText,
    stack: isMaybeText,
    hint: isMaybeText,
  },
};
