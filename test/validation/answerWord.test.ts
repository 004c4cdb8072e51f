import { describe, expect, it } from "vitest";
import { answerWord, maybeAnswerOfWord } from "../../src/validation/answerWord.ts";

describe("the words of answers", () => {
  it("are categories before all", () => {
    const categories = ["Trees", "unsure", "Café"];
    expect(maybeAnswerOfWord("Trees", categories)).toEqual({ answer: "category", value: "Trees" });
    expect(maybeAnswerOfWord("unsure", categories)).toEqual({ answer: "category", value: "unsure" });
    expect(maybeAnswerOfWord(" Cafe\u0301 ", categories)).toEqual({ answer: "category", value: "Café" });
    expect(maybeAnswerOfWord("Uncodable", categories)).toEqual({ answer: "uncodable", value: undefined });
    expect(maybeAnswerOfWord("trees", categories)).toBeUndefined();
    expect(maybeAnswerOfWord("withdrawn", categories)).toBeUndefined();
  });

  it("find back where a category is called the same", () => {
    for (const categories of [["Trees"], ["unsure"], ["unsure", "unsure (no category)", "uncodable"]]) {
      for (const answer of ["unsure", "uncodable"] as const) {
        const word = answerWord(answer, categories);
        expect(categories).not.toContain(word);
        expect(maybeAnswerOfWord(word, categories)).toEqual({ answer, value: undefined });
      }
    }
  });
});
