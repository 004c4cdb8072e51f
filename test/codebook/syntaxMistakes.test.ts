import { describe, expect, it } from "vitest";
import { mistakesOf, mistakesWithHints } from "./mistakesOf.ts";

type Case = readonly [about: string, file: string, mistakes: readonly string[], hint: string];

const cases: readonly Case[] = [
  [
    "tabs as indentation, on every line that has one",
    "categories:\n\tA:\n\t\tphrases:\n\t\t\t- x\n  \tB: [z]\n",
    [2, 3, 4].map((line) => `${line}:1 a tab used for indentation`).concat("5:3 a tab used for indentation"),
    "spaces",
  ],
  [
    "tabs as indentation, and what is wrong besides",
    "A:\n\t- 12\n\t- x\n",
    [
      "2:1 a tab used for indentation",
      '2:4 phrase of category "A" is a number, not a text: "12"',
      "3:1 a tab used for indentation",
    ],
    "spaces",
  ],
  [
    "tabs mixed with spaces, and not what follows from them",
    "categories:\n  A:\n    phrases:\n\t- x\n\t- z\n    description: @d\n  B: [b]\n",
    [
      "4:1 a tab used for indentation",
      "5:1 a tab used for indentation",
      '6:18 a text cannot begin with this character: "@d"',
    ],
    "spaces",
  ],
  [
    "no-break spaces as indentation",
    "A:\n \u00a0- x\n",
    ["2:2 a blank that is no space used for indentation"],
    "spaces",
  ],
  [
    "a quote that is not closed",
    'A:\n  - "x\n  - z\nB: []\n',
    ['2:5 the quote that opens ""x" is not closed'],
    "close it",
  ],
  [
    "two quotes that could close each other, lines apart",
    "A:\n  - 'x\n  - y\n  - z'\n",
    ['2:5 the quote that opens "\'x" is not closed'],
    "close it",
  ],
  [
    "text after a quote",
    'A:\n  - "Vote" on a wall\n',
    ['2:12 text after a closing quote or bracket: "on a wall"'],
    "whole text in quotes",
  ],
  [
    "a template that begins with {}",
    "template: {} on a wall\ncategories: {A: [x]}\n",
    ['1:14 text after a closing quote or bracket: "on a wall"'],
    "'{} on a wall'",
  ],
  [
    "texts that begin with a reserved character",
    "A:\n  - @home\n  - `x`\n",
    [
      '2:5 a text cannot begin with this character: "@home"',
      '3:5 a text cannot begin with this character: "`x`"',
    ],
    "quotes",
  ],
  [
    "a colon in a title",
    "title: CLIP: a study\nA: [x]\n",
    ['1:8 a second colon in one line: "CLIP: a study"'],
    "quotes",
  ],
  ["a name without a colon", "A\n  - x\nB: [z]\n", ['1:1 a name without a colon after it: "A"'], "Category:"],
  [
    "a phrase indented differently",
    "A:\n  - x\n - z\n",
    ['3:2 indented differently from its neighbours: "- z"'],
    "same column",
  ],
  [
    "a category indented differently",
    "categories:\n  A:\n    - x\n   B:\n    - z\n",
    ['4:4 indented differently from its neighbours: "B:"'],
    "same column",
  ],
  [
    "a comma that is missing",
    '{"A": ["x"\n  "y"]}\n',
    ['2:3 a comma is missing before this: ""y"]}"'],
    "several strings",
  ],
  [
    "a comma that is missing in JSON, whose tabs are no mistake",
    '{\n\t"A": [\n\t\t"x"\n\t\t"y"\n\t]\n}\n',
    ['4:3 a comma is missing before this: ""y""'],
    "several strings",
  ],
  [
    "a template in brackets without quotes",
    "templates: [a photo of {}]\ncategories: {A: [x]}\n",
    ['1:24 a brace inside an unquoted text: "{}]"'],
    "quotes",
  ],
  ["two commas", '{"A": ["x",, "y"]}\n', ['1:12 a comma with nothing before it: ", "y"]}"'], "remove"],
  [
    "a brace that is not closed",
    '{"A": ["x"]\n',
    ["2:1 the bracket or brace before this is not closed"],
    "close it",
  ],
  [
    "a brace too many",
    '{"A": ["x"]}}\n',
    ['1:13 a closing bracket or brace that was never opened: "}"'],
    "remove",
  ],
  [
    "an unknown escape in double quotes",
    'A: ["a \\dog"]\n',
    ['1:8 not an escape that is known in double quotes: "\\dog"]"'],
    "\\\\",
  ],
  ["several documents", "A: [x]\n---\nB: [z]\n", ["2:1 a second document"], "---"],
  ["an anchor and its alias", "A: &a [x]\nB: *a\n", ['1:4 an anchor: "&a"', '2:4 an alias: "*a"'], "quotes"],
  [
    "a merge key",
    "A: &a [x]\nB:\n  <<: *a\n",
    [
      '1:4 an anchor: "&a"',
      '2:1 category "B" has settings, but stands outside `categories`',
      '3:7 an alias: "*a"',
    ],
    "quotes",
  ],
  ["a merge key as a category", "<<: [x]\n", ["1:1 a merge key `<<`"], "needs quotes"],
  ["a tag", "A: !!set [x]\n", ['1:4 a YAML tag: "!!set"'], "quotes"],
  [
    "a directive, which would change what `yes` is",
    "%YAML 1.1\n---\nA: [x]\n",
    ['1:1 a YAML directive: "%YAML 1.1"'],
    "remove",
  ],
];

describe("mistakes in a codebook's syntax", () => {
  it.each(cases)("%s", (_, file, mistakes, hint) => {
    const found = mistakesWithHints(file);
    expect(found.map(({ place, what }) => `${place} ${what}`)).toEqual(mistakes);
    expect(found[0]?.hint).toContain(hint);
  });

  it("do not hide mistakes before them, and invent none behind them", () => {
    expect(mistakesOf('A:\n  - 12\nB: []\nC:\n  - "x" of\nD:\n  "y": z\n')).toEqual([
      '2:5 phrase of category "A" is a number, not a text: "12"',
      '3:1 category "B" has no phrases',
      '5:9 text after a closing quote or bracket: "of"',
    ]);
  });

  it("are the same in a file with CRLF", () => {
    for (const [about, file, mistakes] of cases) {
      expect(mistakesOf(file.replaceAll("\n", "\r\n")), about).toEqual(mistakes);
    }
  });
});
