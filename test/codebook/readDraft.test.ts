import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDraft } from "../../src/codebook/readDraft.ts";
import { codebookTextForm } from "../../src/codebook/text/codebookTextForm.ts";

const fixtures = join(import.meta.dirname, "../fixtures/codebooks");

describe("readDraft", () => {
  it("reads every part with its index, and the comments above and behind names and phrases", () => {
    const draft = readDraft(
      `# About this file.

title: Streets # not shown
templates: ["a photo of {}"]
categories:
  # Crowds,
  #
  #   small ones too
  Rally: # as agreed in May
    description: |
      Crowds.
      Stages.
    residual: false
    examples: [" a.jpg", "x: y.png"]
    phrases:
      # the obvious one
      - a crowd # 77 tokens

      # Stands apart: nobody's.

      - "a stage" #
  Short: [houses, trees] # in brackets
`,
      "codebook.yaml",
    );
    expect(draft).toEqual({
      title: "Streets",
      templates: ["a photo of {}"],
      categories: [
        {
          source: 0,
          name: "Rally",
          description: "Crowds.\nStages.",
          residual: false,
          examples: [" a.jpg", "x: y.png"],
          comment: "Crowds,\n\n  small ones too\nas agreed in May",
          phrases: [
            { source: 0, text: "a crowd", comment: "the obvious one\n77 tokens" },
            { source: 1, text: "a stage" },
          ],
        },
        {
          source: 1,
          name: "Short",
          comment: "in brackets",
          phrases: [
            { source: 2, text: "houses" },
            { source: 3, text: "trees" },
          ],
        },
      ],
    });
  });

  it("reads the comments of a Python dict", () => {
    const text = readFileSync(join(fixtures, "notebook.py.txt"), "utf8");
    const { categories } = readDraft(text, "notebook.py.txt");
    expect(categories.map(({ comment }) => comment)).toEqual(["1", "3", "9", "3", "7", "3"]);
    expect(categories.map(({ phrases }) => phrases.at(-1)?.comment)).toEqual(Array(6).fill("the last"));
  });

  it("says every mistake of a text that is no codebook", () => {
    expect(() => readDraft("A:\n  - x\n  - x\nB: []\n", "codebook.yaml")).toThrow(
      /codebook.yaml:3:5: phrase "x" is twice[\s\S]*codebook.yaml:4:1: category "B" has no phrases/,
    );
  });
});

describe("codebookTextForm", () => {
  it("tells JSON, lines, and what is in braces", () => {
    expect(codebookTextForm('\uFEFF{"A": ["x"]}\r\n')).toBe("json");
    expect(codebookTextForm("A: [x]\n")).toBe("yaml");
    expect(codebookTextForm("# {\n- x")).toBe("yaml");
    expect(codebookTextForm("{A: [x]}")).toBe("braces");
    expect(codebookTextForm("# labels\nlabels = {'A': ['x']}")).toBe("braces");
  });
});
