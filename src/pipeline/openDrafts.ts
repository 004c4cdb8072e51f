import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Codebook, codebookPhrases } from "../codebook/codebook.ts";
import type { CodebookDraft } from "../codebook/codebookDraft.ts";
import { lintCodebook } from "../codebook/lintCodebook.ts";
import { readDraft } from "../codebook/readDraft.ts";
import { embeddingAt, embeddings } from "../embeddings.ts";
import { UserError } from "../errors.ts";
import type { Study } from "../store/openStudy.ts";
import type { RunAnswers, ShownUnit } from "../store/runAnswers.ts";
import type { Run } from "../store/runStore.ts";
import { answerUnits } from "./answerUnits.ts";
import { checkDraft } from "./checkDraft.ts";
import { classifierOfTexts } from "./classifierOfRun.ts";
import type { DraftReport, DraftScores } from "./draftReport.ts";
import { type Comparison, draftScores, isMoved } from "./draftScores.ts";
import { textsOfPhrase } from "./embedPhrases.ts";
import { matchDraft } from "./matchDraft.ts";
import type { PhraseEncoder } from "./phraseEncoder.ts";
import type { RunVectors } from "./runVectors.ts";

/** Drafts whose answers are kept for showing what they move. */
const mostDrafts = 8;

/** What a draft needs to be scored. */
export interface DraftSpec {
  readonly run: Run;
  /** The text that the editing began with. */
  readonly baseText: string;
  readonly draft: CodebookDraft;
  readonly signal?: AbortSignal;
}

/** One side of a moved unit. */
export interface MoveSide {
  /** By name. */
  readonly category: string;
  readonly phrase: string;
  /** 0..1 */
  readonly probability: number;
}

/** A unit that a draft would put elsewhere. */
export interface MovedUnit extends ShownUnit {
  readonly before: MoveSide;
  readonly after: MoveSide;
}

/** Which moved units, and which part of their list. */
export interface MovesQuery {
  /** A category of the run by name. */
  readonly from?: string | undefined;
  /** A category of the draft by name. */
  readonly to?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Codebooks while they are edited: what each edit would do to a run. */
export interface Drafts {
  /** @throws the signal's reason when aborted */
  report(spec: DraftSpec): Promise<DraftReport>;
  /** Units that a draft moves, in the run's order; undefined when its answers are not kept any more. */
  maybeMoves(
    draftId: string,
    query: MovesQuery,
  ): { readonly total: number; readonly items: readonly MovedUnit[] } | undefined;
}

/** What drafts are scored with. */
export interface DraftsContext {
  readonly study: Study;
  readonly phraseEncoder: PhraseEncoder;
  readonly runVectors: RunVectors;
}

/** Drafts of a study. */
export function openDrafts({ study, phraseEncoder, runVectors }: DraftsContext): Drafts {
  const kept = new Map<string, Comparison & { readonly runId: number }>();
  let loaded: { readonly runId: number; readonly answers: RunAnswers } | undefined;
  const answersOfRun = async (runId: number): Promise<RunAnswers> => {
    if (loaded?.runId === runId) return loaded.answers;
    const answers = study.answers.answersOf(runId, 0, 10_000_000);
    await nextTurn();
    loaded = { runId, answers };
    return answers;
  };
  const compare = async (
    { run, baseText, draft, signal }: DraftSpec,
    codebook: Codebook,
    draftId: string,
  ): Promise<DraftScores> => {
    const texts = codebookPhrases(codebook).flatMap(({ text }) => textsOfPhrase(codebook, text));
    const vectors = await phraseEncoder.embeddingsOf(run, texts);
    const byText = new Map(texts.map((text, i) => [text, embeddingAt(vectors, i)]));
    const classifier = classifierOfTexts({ ...run, codebook }, (text) => byText.get(text) as Float32Array);
    const { columns } = await runVectors.cosinesWith(run, classifier.references);
    signal?.throwIfAborted();
    const comparison: Comparison = {
      run: run.codebook,
      draft: codebook,
      match: matchDraft(draft, readDraft(baseText, "the codebook"), run.codebook),
      before: await answersOfRun(run.id),
      after: await answerUnits(classifier, columns, signal),
    };
    kept.delete(draftId);
    kept.set(draftId, { ...comparison, runId: run.id });
    for (const id of kept.keys()) if (kept.size > mostDrafts) kept.delete(id);
    const { values, dim } = classifier.references;
    const phraseEmbeddings = embeddings(values.subarray(0, codebookPhrases(codebook).length * dim), dim);
    return { ...draftScores(comparison, phraseEmbeddings), judged: undefined };
  };
  return {
    report: async (spec) => {
      const begun = performance.now();
      const { run, baseText, draft } = spec;
      const { text, parsed, mistakes, noteOf } = checkDraft(baseText, draft, "the codebook");
      const draftId = createHash("sha256").update(`${run.id} ${text}`).digest("hex").slice(0, 32);
      const report = { draftId, runId: run.id, mistakes, tokens: undefined, contextLength: undefined };
      const answer = (rest: Pick<DraftReport, "warnings" | "scores" | "cannotScore">): DraftReport => ({
        ...report,
        ...rest,
        elapsedMs: performance.now() - begun,
      });
      if (parsed === undefined) return answer({ warnings: [], scores: undefined, cannotScore: undefined });
      const warnings = lintCodebook(parsed, { scoring: run.scoring }).map((warning) => noteOf(warning));
      try {
        const scores = await compare(spec, parsed.codebook, draftId);
        return answer({ warnings, scores, cannotScore: undefined });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const cannotScore = { error: error.message, hint: error.hint };
        return answer({ warnings, scores: undefined, cannotScore });
      }
    },
    maybeMoves: (draftId, { from, to, offset, limit }) => {
      const comparison = kept.get(draftId);
      if (comparison === undefined) return undefined;
      const { run, draft, before, after } = comparison;
      const found: number[] = [];
      for (let i = 0; i < before.positions.length; i++) {
        if (!isMoved(comparison, i)) continue;
        if (from !== undefined && run.categories[before.categories[i] as number]?.name !== from) continue;
        if (to !== undefined && draft.categories[after.categories[i] as number]?.name !== to) continue;
        found.push(i);
      }
      const page = found.slice(offset, offset + limit);
      const units = study.answers.unitsAt(
        comparison.runId,
        page.map((i) => before.positions[i] as number),
      );
      const side = (codebook: Codebook, phrase: number, probability: number): MoveSide => {
        const { text, categoryIndex } = codebookPhrases(codebook)[phrase] as {
          text: string;
          categoryIndex: number;
        };
        return { category: codebook.categories[categoryIndex]?.name ?? "", phrase: text, probability };
      };
      return {
        total: found.length,
        items: units.map((unit, at) => {
          const i = page[at] as number;
          return {
            ...unit,
            before: side(run, before.phrases[i] as number, before.probabilities[i] as number),
            after: side(draft, after.phrases[i] as number, after.probabilities[i] as number),
          };
        }),
      };
    },
  };
}
