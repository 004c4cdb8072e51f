import { describe, expect, it } from "vitest";
import { findNegation } from "../../src/codebook/findNegation.ts";

describe("findNegation", () => {
  it.each([
    ["a square without a crowd", undefined, "without"],
    ["No people", "en", "No"],
    ["a sign that isn’t red", "en-GB", "isn't"],
    ["a room, not a stage", undefined, "not"],
    ["ein Platz ohne Menschen", "de", "ohne"],
    ["keine Menschen", undefined, "keine"],
    ["une rue sans personnes", "fr", "sans"],
    ["il n'y a pas de foule", undefined, "pas de"],
    ["una calle sin gente", "es", "sin"],
    ["uma rua sem pessoas", "pt-BR", "sem"],
    ["una strada senza persone", "it", "senza"],
    ["een straat zonder mensen", "nl", "zonder"],
  ])("finds it in %s (%s)", (phrase, language, word) => {
    expect(findNegation(phrase, language)).toBe(word);
  });

  it.each([
    ["a notice on a northern wall", undefined],
    ["a no-smoking sign", undefined],
    ["a non-violent protest", undefined],
    ["non fiction on a shelf", undefined],
    ["painting of an original sin", "en"],
    ["Rettung in der Not", "de"],
    ["a canto with notes", undefined],
  ])("finds none in %s (%s)", (phrase, language) => {
    expect(findNegation(phrase, language)).toBeUndefined();
  });
});
