import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Codebook, codebookPhrases } from "../../codebook/codebook.ts";
import type { CodebookDraft } from "../../codebook/codebookDraft.ts";
import { lintCodebook } from "../../codebook/lintCodebook.ts";
import { readDraft } from "../../codebook/readDraft.ts";
import { embeddingAt, embeddings } from "../../embeddings.ts";
import { UserError } from "../../errors.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import type { Study } from "../../store/openStudy.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";
import type { Run } from "../../store/runStore.ts";
import { classifierOfRun, classifierOfTexts } from "../classifierOfRun.ts";
import { textsOfPhrase } from "../embedPhrases.ts";
import type { PhraseEncoder } from "../phraseEncoder.ts";
import type { RunVectors } from "../runVectors.ts";
import { answerUnits } from "./answerUnits.ts";
import { checkDraft } from "./checkDraft.ts";
import { draftLengths } from "./draftLengths.ts";
import type { DraftReport, DraftScores } from "./draftReport.ts";
import { type Comparison, draftScores } from "./draftScores.ts";
import { judgedEffect } from "./judgedEffect.ts";
import { type DraftMatch, matchDraft } from "./matchDraft.ts";
import { type MovedUnits, type MovesQuery, movedUnits } from "./movedUnits.ts";
import { readRunAnswers } from "./readRunAnswers.ts";

/** Drafts whose answers are kept: for showing what they move, and for undo. */
const mostDrafts = 8;

/** How long an edit that needs no tower waits for the tokenizer, which counts tokens: little beside the 300 ms of an edit. */
const tokenizerWaitMs = 150;

/** What a draft needs to be scored. */
export interface DraftSpec {
  /** undefined in a study without one: the draft is only checked. */
  readonly run: Run | undefined;
  /** The text that the editing began with. */
  readonly baseText: string;
  readonly draft: CodebookDraft;
  readonly signal?: AbortSignal;
}

/** Codebooks while they are edited: what each edit would do to a run. */
export interface Drafts {
  /**
   * @throws CodebookError for a base text that is no codebook
   * @throws the signal's reason when aborted: a newer edit makes an older one's answer worthless
   */
  report(spec: DraftSpec): Promise<DraftReport>;
  /** Units that a draft moves, in the run's order; undefined when its answers are not kept any more. */
  maybeMoves(draftId: string, query: MovesQuery): MovedUnits | undefined;
  /** Reads what the first edit will need, and opens the text tower. What fails here is told when it is needed. */
  warmUp(run: Run): Promise<void>;
}

/** What drafts are scored with. */
export interface DraftsContext {
  readonly study: Study;
  readonly phraseEncoder: PhraseEncoder;
  readonly runVectors: RunVectors;
}

interface ScoredDraft {
  readonly runId: number;
  readonly comparison: Comparison;
  readonly scores: Omit<DraftScores, "judged">;
}

/** Drafts of a study. */
export function openDrafts({ study, phraseEncoder, runVectors }: DraftsContext): Drafts {
  const kept = new Map<string, ScoredDraft>();
  let loaded: { readonly runId: number; readonly answers: Promise<RunAnswers> } | undefined;
  const answersOfRun = (runId: number): Promise<RunAnswers> => {
    if (loaded?.runId === runId) return loaded.answers;
    const answers = readRunAnswers(study, runId);
    loaded = { runId, answers };
    answers.catch(() => {
      if (loaded?.answers === answers) loaded = undefined;
    });
    return answers;
  };
  // One after the other: two edits at once would only be slower, and the older one is mostly withdrawn meanwhile.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <To>(work: () => Promise<To>): Promise<To> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const score = async (
    run: Run,
    codebook: Codebook,
    match: DraftMatch,
    signal: AbortSignal | undefined,
  ): Promise<ScoredDraft> => {
    signal?.throwIfAborted();
    const texts = textsOf(codebook);
    const vectors = await phraseEncoder.embeddingsOf(run, texts);
    const byText = new Map(texts.map((text, i) => [text, embeddingAt(vectors, i)]));
    const classifier = classifierOfTexts({ ...run, codebook }, (text) => byText.get(text) as Float32Array);
    const { columns } = await runVectors.cosinesWith(run, classifier.references, signal);
    const before = await answersOfRun(run.id);
    const after = await answerUnits(classifier, columns, signal);
    const comparison: Comparison = { run: run.codebook, draft: codebook, match, before, after };
    const { values, dim } = classifier.references;
    const phraseEmbeddings = embeddings(values.subarray(0, codebookPhrases(codebook).length * dim), dim);
    return { runId: run.id, comparison, scores: draftScores(comparison, phraseEmbeddings) };
  };
  const judgedOf = (run: Run, comparison: Comparison) => {
    const judgements = study.reviews.judgements();
    const codebooks = new Map([[run.id, run.codebook]]);
    const codebookOf = (runId: number) => {
      const codebook = codebooks.get(runId) ?? study.runs.maybeGet(runId)?.codebook;
      if (codebook !== undefined) codebooks.set(runId, codebook);
      return codebook;
    };
    return judgedEffect({ run, comparison, judgements, codebookOf });
  };
  const keep = (draftId: string, scored: ScoredDraft) => {
    kept.delete(draftId);
    kept.set(draftId, scored);
    for (const id of kept.keys()) if (kept.size > mostDrafts) kept.delete(id);
  };
  /** The encoder, if it is needed or soon there. @throws UserError when it is needed and cannot be opened */
  const maybeEncoder = async (run: Run, texts: readonly string[]): Promise<Encoder | undefined> => {
    if (!phraseEncoder.areKnown(run, texts)) return phraseEncoder.encoderOf(run);
    const opened = phraseEncoder.encoderOf(run).catch((error) => {
      if (error instanceof UserError) return undefined;
      throw error;
    });
    return Promise.race([opened, pause(tokenizerWaitMs, undefined, { ref: false })]);
  };
  return {
    report: async (spec) => {
      const begun = performance.now();
      const { run, baseText, draft, signal } = spec;
      const base = readDraft(baseText, "the codebook");
      const { text, parsed, mistakes, noteOf } = checkDraft(baseText, draft, "the codebook");
      const match = run && matchDraft(draft, base, run.codebook);
      const draftId = draftIdOf(run?.id, text, match);
      const answer = (rest: Partial<DraftReport>): DraftReport => ({
        draftId,
        runId: run?.id,
        mistakes,
        warnings: [],
        tokens: undefined,
        contextLength: undefined,
        scores: undefined,
        cannotScore: undefined,
        ...rest,
        elapsedMs: performance.now() - begun,
      });
      if (parsed === undefined) return answer({});
      const scoring = run && { scoring: run.scoring };
      const warnings = lintCodebook(parsed, scoring).map((warning) => noteOf(warning));
      if (run === undefined || match === undefined) return answer({ warnings });
      let lengths: ReturnType<typeof draftLengths> | undefined;
      try {
        const encoder = await maybeEncoder(run, textsOf(parsed.codebook));
        signal?.throwIfAborted();
        lengths = encoder && draftLengths(parsed, encoder, noteOf);
        const { tooLong = [], ...counts } = lengths ?? {};
        if (tooLong.length > 0 && run.settings.truncate !== true) {
          return answer({ warnings, ...counts, mistakes: tooLong });
        }
        const scored = kept.get(draftId) ?? (await inTurn(() => score(run, parsed.codebook, match, signal)));
        keep(draftId, scored);
        const scores = { ...scored.scores, judged: judgedOf(run, scored.comparison) };
        return answer({ warnings, ...counts, scores });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const { tooLong: _, ...counts } = lengths ?? {};
        return answer({ warnings, ...counts, cannotScore: { error: error.message, hint: error.hint } });
      }
    },
    maybeMoves: (draftId, query) => {
      const scored = kept.get(draftId);
      return scored && movedUnits(study, scored.runId, scored.comparison, query);
    },
    warmUp: async (run) => {
      const tower = phraseEncoder.encoderOf(run).then((encoder) => encoder.embedTexts(["a photo"]));
      const cosines = async () => runVectors.cosinesWith(run, classifierOfRun(study, run).references);
      await Promise.allSettled([tower, cosines(), answersOfRun(run.id)]);
    },
  };
}

function textsOf(codebook: Codebook): readonly string[] {
  return codebookPhrases(codebook).flatMap(({ text }) => textsOfPhrase(codebook, text));
}

/** The same text from other parts moves other units. */
function draftIdOf(runId: number | undefined, text: string, match: DraftMatch | undefined): string {
  const parts = [match?.categoryInRun, match?.phraseInRun].map((part) => part?.join());
  return createHash("sha256")
    .update(JSON.stringify([runId, text, parts]))
    .digest("hex")
    .slice(0, 32);
}
