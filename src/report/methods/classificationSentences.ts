import type { EvaluatedRun } from "../../validation/evaluation.ts";
import { formatDay } from "../formatNumbers.ts";
import type { MethodsSubject } from "./methodsSubject.ts";
import { countOf } from "./wordsOf.ts";

const scorings: Readonly<Record<string, string>> = {
  max: "the best phrase decides",
  sum: "the probabilities of a category’s phrases are added up",
  mean: "the mean of a category’s phrases is compared",
};

/** What was classified, with what, and what was fixed before anybody saw results. */
export function classificationSentences({ evaluation, note }: MethodsSubject): readonly string[] {
  const { run, categories } = evaluation;
  const what =
    run.distinctImages === run.classifiedUnits
      ? countOf(run.classifiedUnits, ["image", "images"])
      : `${countOf(run.classifiedUnits, ["unit", "units"])} (${countOf(run.distinctImages, ["distinct image", "distinct images"])})`;
  const phrases = countOf(run.phraseCount, ["text phrase", "text phrases"]);
  return [
    `We classified ${what} into ${countOf(categories.length, ["category", "categories"])} with ${run.model}${note(`${shortDigest(run.modelSource)}, ${run.precision}`, ...modelKeys(run))}, using ${phrases} (${scorings[run.scoring] ?? run.scoring}; digest of codebook, model and settings ${run.digest.slice(0, 12)}).`,
    ...(run.importedFrom === undefined
      ? []
      : [
          `The image embeddings were made elsewhere and imported (${run.importedFrom}); that ${run.model} made them was stated by their maker and not checked.`,
        ]),
    ...(run.failedUnits > 0
      ? [
          `Another ${countOf(run.failedUnits, ["file", "files"])} could not be read and ${run.failedUnits === 1 ? "is" : "are"} left out.`,
        ]
      : []),
    freezeSentence(evaluation),
  ];
}

function modelKeys({ model, modelSource }: EvaluatedRun): readonly ("radford2021" | "zhai2023")[] {
  const name = `${model} ${modelSource}`.toLowerCase();
  if (name.includes("siglip")) return ["zhai2023"];
  return /(^|[^a-z])(open)?clip([^a-z]|$)/.test(name) ? ["radford2021"] : [];
}

function freezeSentence({ sample, run }: MethodsSubject["evaluation"]): string {
  const { freezes, isSealed, openings } = sample;
  const looks = openings === 1 ? "once" : `${openings} times`;
  const opened = openings === 0 ? "" : ` Its results were opened ${looks}.`;
  const own = freezes.findLast(({ sha256 }) => sha256 === run.digest);
  if (own === undefined) {
    const which =
      freezes.length === 0
        ? "Codebook and settings were not frozen before the validation"
        : "What was evaluated is not what had been frozen before";
    return `${which}, and the sample was ${isSealed ? "sealed" : "not sealed"}.${opened}`;
  }
  const again =
    freezes.length === 1
      ? ""
      : `, after ${countOf(freezes.length - 1, ["earlier freeze", "earlier freezes"])}`;
  const frozen = `Codebook, phrases, model and settings were frozen on ${formatDay(own.frozenAt)}${again}`;
  return isSealed
    ? `${frozen}; until the codebook was frozen, the sample was sealed and showed no results.${opened}`
    : `${frozen}; the sample was not sealed.${opened}`;
}

/** Revisions and digests to as many digits as still tell them apart. */
function shortDigest(source: string): string {
  return source.replace(/\b([0-9a-f]{12})[0-9a-f]{28,}\b/g, "$1");
}
