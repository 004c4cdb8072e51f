import { describe, expect, it } from "vitest";
import { cosinesWith } from "../../src/classify.ts";
import { normaliseRows } from "../../src/embeddings.ts";
import { classifierOfRun } from "../../src/pipeline/classifierOfRun.ts";
import { encoderRecord, runSpec } from "../store/runSpec.ts";
import { newStudy } from "./classifyInTest.ts";

const unit = (...numbers: number[]) => normaliseRows(Float32Array.from(numbers), numbers.length).values;

/** A study with the embeddings of these texts, and a run with these templates over "tree" and "house". */
function studyWith(texts: Readonly<Record<string, Float32Array>>, templates: readonly string[]) {
  const { study } = newStudy();
  const encoderId = study.embeddings.encoderId(encoderRecord);
  study.embeddings.saveTexts(encoderId, Object.entries(texts));
  const categories = ["tree", "house"].map((phrase) => ({ name: phrase.toUpperCase(), phrases: [phrase] }));
  return { study, run: runSpec(encoderId, { codebook: { templates, categories } }) };
}

const image = Float32Array.of(1, 0);

describe("classifierOfRun", () => {
  it("uses phrases as they are without templates", () => {
    const { study, run } = studyWith({ tree: unit(3, 4), house: unit(4, 3) }, []);
    const classifier = classifierOfRun(study, run);
    const [scores] = classifier.scoresOf(cosinesWith(image, classifier.references));
    expect(scores?.cosines[0]).toBeCloseTo(0.6, 6);
    expect(scores?.cosines[1]).toBeCloseTo(0.8, 6);
  });

  it("averages a phrase over its templates, then makes it as long as the others", () => {
    // (1, 0) and (0.6, 0.8) make (1.6, 0.8) / sqrt(3.2): cosine 0.894427 with the first axis, not (1 + 0.6) / 2.
    const texts = {
      "a tree": unit(1, 0),
      "the tree": unit(3, 4),
      "a house": unit(0, 1),
      "the house": unit(0, 1),
    };
    const { study, run } = studyWith(texts, ["a {}", "the {}"]);
    const classifier = classifierOfRun(study, run);
    const [scores] = classifier.scoresOf(cosinesWith(image, classifier.references));
    expect(scores?.cosines[0]).toBeCloseTo(0.894427, 6);
    expect(scores?.cosines[1]).toBeCloseTo(0, 6);
  });

  it("refuses a run one of whose phrases has no embedding", () => {
    const { study, run } = studyWith({ tree: unit(1, 0) }, []);
    expect(() => classifierOfRun(study, run)).toThrow('no embedding of "house" is stored');
  });
});
