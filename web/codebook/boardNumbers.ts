import type { CategoryScore, DraftNote, DraftReport, PhraseScore } from "./codebookAnswers.ts";
import type { BareDraft } from "./keyedDraft.ts";

/** What the server knows of a phrase on the board. */
export interface PhraseNumbers {
  readonly score: PhraseScore | undefined;
  /** Tokens in its longest template, and most that the model reads; undefined where the model is not at hand. */
  readonly tokens: { readonly used: number; readonly most: number } | undefined;
  readonly notes: readonly BoardNote[];
}

/** What the server knows of a category on the board. */
export interface CategoryNumbers {
  readonly score: CategoryScore | undefined;
  /** Its share in the run 0..1; undefined for a new category, or without images. */
  readonly shareInRun: number | undefined;
  /** The largest share of all categories, in the run or under the draft: the full length of a bar. */
  readonly largestShare: number;
  readonly notes: readonly BoardNote[];
}

/** A mistake or a warning. */
export interface BoardNote extends DraftNote {
  readonly kind: "mistake" | "warning";
}

/** A report by the keys of the board's parts: it fits wherever they are moved while the next one is under way. */
export interface BoardNumbers {
  readonly report: DraftReport;
  /** The draft that it is about. */
  readonly asked: BareDraft;
  readonly phrases: ReadonlyMap<string, PhraseNumbers>;
  readonly categories: ReadonlyMap<string, CategoryNumbers>;
  /** Notes on the codebook as a whole. */
  readonly notes: readonly BoardNote[];
  /** Every note on a part, with the part's key, in the draft's order. */
  readonly placed: readonly { readonly key: string; readonly note: BoardNote }[];
}

/**
 * Sorts a report's numbers to the parts of the draft that it was asked for.
 * @param before the numbers before: parts for which nothing changed keep their objects, and are not drawn anew
 */
export function boardNumbers(report: DraftReport, asked: BareDraft, before?: BoardNumbers): BoardNumbers {
  const { draft, categoryKeys, phraseKeys } = asked;
  const notes: readonly BoardNote[] = [
    ...report.mistakes.map((note) => ({ ...note, kind: "mistake" as const })),
    ...report.warnings.map((note) => ({ ...note, kind: "warning" as const })),
  ];
  const { scores, tokens, contextLength } = report;
  const phrases = phraseKeys.map((key, index): [string, PhraseNumbers] => {
    const used = tokens?.[index];
    return [
      key,
      {
        score: scores?.phrases[index],
        tokens: used === undefined || contextLength === undefined ? undefined : { used, most: contextLength },
        notes: notes.filter(({ phrase }) => phrase === index),
      },
    ];
  });
  const shares = draft.categories.map((_, index) => {
    const score = scores?.categories[index];
    const { countInRun } = score ?? {};
    const shareInRun = scores?.units && countInRun !== undefined ? countInRun / scores.units : undefined;
    return { score, shareInRun };
  });
  const largestShare = Math.max(
    0,
    ...shares.flatMap(({ score, shareInRun }) => [score?.share ?? 0, shareInRun ?? 0]),
  );
  const categories = categoryKeys.map((key, index): [string, CategoryNumbers] => [
    key,
    {
      score: shares[index]?.score,
      shareInRun: shares[index]?.shareInRun,
      largestShare,
      notes: notes.filter(({ category, phrase }) => category === index && phrase === undefined),
    },
  ]);
  return {
    report,
    asked,
    phrases: keepSame(phrases, before?.phrases),
    categories: keepSame(categories, before?.categories),
    notes: notes.filter(({ category, phrase }) => category === undefined && phrase === undefined),
    placed: notes.flatMap((note) => {
      const key =
        note.phrase === undefined
          ? note.category === undefined
            ? undefined
            : categoryKeys[note.category]
          : phraseKeys[note.phrase];
      return key === undefined ? [] : [{ key, note }];
    }),
  };
}

/** A map in which values that are equal to those before are those before. */
function keepSame<Value>(
  entries: readonly [string, Value][],
  before: ReadonlyMap<string, Value> | undefined,
): ReadonlyMap<string, Value> {
  return new Map(
    entries.map(([key, value]) => {
      const old = before?.get(key);
      return [key, old !== undefined && JSON.stringify(old) === JSON.stringify(value) ? old : value];
    }),
  );
}
