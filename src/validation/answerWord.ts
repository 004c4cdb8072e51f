import type { CodingAnswer } from "./coding.ts";

/** Answers that are no category. */
export const otherAnswers = ["unsure", "uncodable"] as const;

/** What other programs show for such an answer: its word, told apart from a category that is called the same. */
export function answerWord(answer: Exclude<CodingAnswer, "category">, categories: readonly string[]): string {
  let word: string = answer;
  while (categories.includes(word)) word = `${word} (no category)`;
  return word;
}

/** An answer as other programs write it: the name of a category before all, else the word of another answer; undefined for neither. */
export function maybeAnswerOfWord(
  word: string,
  categories: readonly string[],
):
  | { readonly answer: "category"; readonly value: string }
  | { readonly answer: (typeof otherAnswers)[number]; readonly value: undefined }
  | undefined {
  if (categories.includes(word)) return { answer: "category", value: word };
  const composed = word.normalize("NFC").trim();
  const category = categories.find((name) => name.normalize("NFC") === composed);
  if (category !== undefined) return { answer: "category", value: category };
  const lower = composed.toLowerCase();
  const answer = otherAnswers.find(
    (other) => lower === other || lower === answerWord(other, categories).toLowerCase(),
  );
  return answer === undefined ? undefined : { answer, value: undefined };
}
