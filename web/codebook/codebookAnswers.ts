import type { CodebookDraft } from "../../src/codebook/codebookDraft.ts";
import type { DraftReport as R, DraftNote as N, DraftPhraseScore, DraftCategoryScore, PhraseShift as S } from "../../src/pipeline/draftReport.ts";

export type DraftReport = R;
export type DraftNote = N;
export type PhraseScore = DraftPhraseScore;
export type CategoryScore = DraftCategoryScore;
export type PhraseShift = S;
export interface CodebookAnswer { file: string; exists: boolean; text: string; sha256: string | null; form: string; canComment: boolean; draft?: CodebookDraft; mistakes: readonly { line: number; column: number; what: string; hint: string }[] }
