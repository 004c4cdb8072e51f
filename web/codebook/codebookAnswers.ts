import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";

/** The codebook's file and its draft, as the server tells them. */
export type CodebookAnswer = InferResponseType<typeof api.codebook.$get, 200>;

/** What a draft would do to a run's images. */
export type DraftReport = InferResponseType<typeof api.drafts.$post, 200>;

/** A mistake or a warning at its part of the draft. */
export type DraftNote = DraftReport["mistakes"][number];

/** The draft's answers for all images of the run. */
export type DraftScores = NonNullable<DraftReport["scores"]>;

/** A category under the draft, beside the run. */
export type CategoryScore = DraftScores["categories"][number];

/** A phrase under the draft, beside the run. */
export type PhraseScore = DraftScores["phrases"][number];

/** Images that one phrase had in the run and another has under the draft. */
export type PhraseShift = PhraseScore["stealsFrom"][number];

/** Images that the draft moves, one page of them. */
export type MovesAnswer = InferResponseType<(typeof api.drafts)[":draftId"]["moves"]["$get"], 200>;

/** The file is another one than the board knows: what is in it, and what would have been written. */
export type SaveConflict = Extract<InferResponseType<typeof api.codebook.$put>, { readonly onDisk: unknown }>;

/** An earlier text of the file. */
export type CodebookVersion = InferResponseType<(typeof api.codebook.versions)[":id"]["$get"], 200>;

/** One page of a run's units. */
export type UnitsAnswer = InferResponseType<(typeof api.runs)[":run"]["units"]["$get"], 200>;

/** How a run's codebook works on its images. */
export type DiagnosticsAnswer = InferResponseType<(typeof api.runs)[":run"]["diagnostics"]["$get"], 200>;
