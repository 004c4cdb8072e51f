/** What a coder may say of an image; `withdrawn` takes the answer before back. */
export type CodingAnswer = "category" | "unsure" | "uncodable" | "withdrawn";

/** Who codes: a coder, blind to everything, or an adjudicator, who sees the coders' codes of images on which they disagree. */
export type CodingRole = "coder" | "adjudicator";

/** Where a coding came from. */
export type CodingSource = "screen" | "offline" | "csv" | "label-studio";

/** The only variable for now: the codebook's category. */
export const categoryVariable = "category";

/** One blind judgement. */
export interface CodingSpec {
  readonly sampleId: number;
  readonly place: number;
  readonly coder: string;
  readonly role: CodingRole;
  readonly variable: string;
  readonly answer: CodingAnswer;
  /** The category's name; only with the answer `category`. */
  readonly value: string | undefined;
  readonly note: string;
  /** From when the image was shown to the answer; undefined where nobody measured it. */
  readonly seconds: number | undefined;
  readonly source: CodingSource;
  /** ISO 8601 */
  readonly codedAt: string;
}

/** A stored coding; later ones have greater ids. */
export interface Coding extends CodingSpec {
  readonly id: number;
}
