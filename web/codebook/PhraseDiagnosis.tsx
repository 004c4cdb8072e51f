import { formatCount, formatPercent } from "../format.ts";
import { changeText } from "./changeText.ts";
import { useDiagnoses } from "./diagnosesContext.ts";

/** What the run's diagnosis says of a phrase, in a line; nothing for one that the run does not have. */
export function PhraseDiagnosis({ text }: { readonly text: string }) {
  const diagnoses = useDiagnoses();
  const phrase = diagnoses?.phrases.get(text);
  if (diagnoses === undefined || phrase === undefined) return null;
  const { precision, without } = phrase;
  const parts = [
    "why" in without
      ? without.why
      : `without it ${without.share === undefined ? "no image" : formatPercent(without.share)} of the images move`,
    ...("why" in without || "why" in without.macroF1 ? [] : [`macro-F1 ${changeText(without.macroF1)}`]),
    ...("why" in precision
      ? []
      : [`right for ${formatPercent(precision.share)} of ${formatCount(precision.units)} coded`]),
  ];
  return (
    <p class="phrase-diagnosis">
      In run {diagnoses.runId}: {parts.join("; ")}
    </p>
  );
}
