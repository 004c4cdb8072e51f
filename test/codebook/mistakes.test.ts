import { describe, expect, it } from "vitest";
import { mistakesOf, mistakesWithHints } from "./mistakesOf.ts";

/** Each case: what it is about, the file, its mistakes as `line:column what`, and a word of the first one's hint. */
type Case = readonly [about: string, file: string, mistakes: readonly string[], hint: string];

const cases: readonly Case[] = [
  ["an empty file", "", ["1:1 the file is empty"], "clipbook init"],
  ["nothing but comments", "# later\n\n", ["1:1 the file is empty"], "clipbook init"],
  ["a list at the top", "\n- a\n- b\n", ["2:1 a list, but no categories"], "Name:"],
  ["a text at the top", "people\n", ["1:1 a text, but no categories"], "Name:"],
  ["no categories", "{}\n", ["1:1 no categories"], "Name:"],
  ["a title only", "title: x\n", ["1:1 no categories: the key `categories` is missing"], "categories:"],
  ["categories without content", "title: x\ncategories:\n", ["2:1 no categories"], "categories:"],
  ["categories as a list", "categories:\n  - A\n", ["2:3 `categories` is not a mapping"], "Name:"],
  ["a category without phrases", "A:\nB: [x]\n", ['1:1 category "A" has no phrases'], "at least one"],
  ["an empty list of phrases", "B: [x]\nA: []\n", ['2:1 category "A" has no phrases'], "at least one"],
  [
    "settings without phrases",
    "categories:\n  A:\n    description: d\n",
    ['2:3 category "A" has no phrases'],
    "at least one",
  ],
  ["phrases that are a text", "A: x\n", ['1:4 the phrases of category "A" are not a list'], "- "],
  [
    "a dash without a blank",
    "A:\n  -x\n  -y\n",
    ['2:3 the phrases of category "A" are not a list'],
    "dash and blank",
  ],
  [
    "phrases under a key that are a text",
    "categories:\n  A:\n    phrases: x\n",
    ['3:14 the phrases of category "A" are not a list'],
    "- ",
  ],
  ["an empty phrase", 'A:\n  - x\n  - ""\n', ['3:5 empty phrase of category "A"'], "write a phrase"],
  ["a blank phrase", 'A: [x, "  "]\n', ['1:8 empty phrase of category "A"'], "write a phrase"],
  ["a dash with nothing", "A:\n  - x\n  -\n", ['3:4 empty phrase of category "A"'], "dash"],
  ["a hashtag as a phrase", "A:\n  - #vote\n", ['2:5 empty phrase of category "A"'], "#"],
  [
    "a number as a phrase",
    "A:\n  - 12\n",
    ['2:5 phrase of category "A" is a number, not a text: "12"'],
    "quotes",
  ],
  ["null as a phrase", "A: [null, x]\n", ['1:5 empty phrase of category "A"'], "write a phrase"],
  [
    "words that programs read as true or false",
    "A:\n  - yes\n  - Off\n  - true\n  - 'no'\n",
    [
      '2:5 phrase of category "A" is a yes-or-no value, not a text: "yes"',
      '3:5 phrase of category "A" is a yes-or-no value, not a text: "Off"',
      '4:5 phrase of category "A" is a yes-or-no value, not a text: "true"',
    ],
    "quotes",
  ],
  [
    "a colon in a phrase",
    "A:\n  - A poster: red\n  - x\n",
    ['2:5 phrase "A poster:" of category "A" is cut in two by its colon'],
    "put the phrase in quotes",
  ],
  [
    "a colon in a phrase in brackets",
    "A: [x, sign: stop]\n",
    ['1:8 phrase "sign:" of category "A" is cut in two by its colon'],
    "put the phrase in quotes",
  ],
  ["a list among phrases", "A:\n  - - x\n", ['2:5 a list among the phrases of category "A"'], "one level"],
  [
    "a phrase twice in a category",
    "A:\n  - x\n  - ' x '\n",
    ['3:5 phrase " x " is twice in category "A", first at line 2, column 5'],
    "one place",
  ],
  [
    "a phrase in two categories, in two Unicode forms",
    "A: [caf\u00e9 table]\nB:\n  - cafe\u0301  table\n",
    ['3:5 phrase "cafe\u0301  table" is in category "B" and in category "A", first at line 1, column 5'],
    "one place",
  ],
  [
    "phrases of two categories that a model cannot tell apart",
    "A: [A  Dog on grass, a DOG on grass, caf\u00e9!]\nB: [a dog  on Grass, cafe\u0301 !]\n",
    [
      '2:5 phrase "a dog  on Grass" of category "B" is to a model the same as "A  Dog on grass" of category "A" at line 1, column 5: case and blanks do not count',
      '2:22 phrase "cafe\u0301 !" of category "B" is to a model the same as "caf\u00e9!" of category "A" at line 1, column 38: case and blanks do not count',
    ],
    "one place",
  ],
  [
    "categories that differ by what nobody sees",
    'Caf\u00e9 A: [x]\n"caf\\u00e9\u200d a": [u]\n',
    [
      '2:1 category "caf\u00e9\u200d a" differs from "Caf\u00e9 A" at line 1, column 1 only by characters that nobody sees, case, accents\' encoding or blanks',
    ],
    "rename",
  ],
  [
    "characters that change the direction of writing, wherever they are",
    'title: "t\\u202e"\ncategories:\n  "A\\u2066":\n    description: "d\\u202d"\n    instructions: "i\\u202a"\n    phrases: ["x\u202ey"]\n',
    [
      "1:8 `title` contains U+202E, which changes the direction of writing",
      '3:3 category name "A\\u2066" contains U+2066, which changes the direction of writing',
      '4:18 `description` of category "A\\u2066" contains U+202D, which changes the direction of writing',
      '5:19 `instructions` of category "A\\u2066" contains U+202A, which changes the direction of writing',
      '6:15 phrase "x\\u202ey" of category "A\\u2066" contains U+202E, which changes the direction of writing',
    ],
    "script",
  ],
  [
    "characters that nobody sees, given as JSON escapes",
    '{"A\\u200b": ["x\\ufeffy", "so\\u00adcial", "\\u0000z", "w\\u0085v", "z\\u009b"]}',
    [
      '1:2 category name "A\\u200b" contains U+200B, which nobody sees',
      '1:14 phrase "x\\ufeffy" of category "A\\u200b" contains U+FEFF, which nobody sees',
      '1:26 phrase "so\\u00adcial" of category "A\\u200b" contains U+00AD, which nobody sees',
      '1:42 phrase "\\u0000z" of category "A\\u200b" contains the control character U+0000',
      '1:53 phrase "w\\u0085v" of category "A\\u200b" contains a line break',
      '1:65 phrase "z\\u009b" of category "A\\u200b" contains the control character U+009B',
    ],
    "type the text again",
  ],
  [
    "special tokens of other models, and in a template",
    "template: '{} <|startoftext|>'\ncategories:\n  A: ['<pad> x', '<unused7>', '<start_of_turn>', '<0x0A>', 'a <b>']\n",
    [
      "1:11 `template` contains <|startoftext|>, which a model reads as a command",
      '3:7 phrase "<pad> x" of category "A" contains <pad>, which a model reads as a command',
      '3:18 phrase "<unused7>" of category "A" contains <unused7>, which a model reads as a command',
      '3:31 phrase "<start_of_turn>" of category "A" contains <start_of_turn>, which a model reads as a command',
      '3:50 phrase "<0x0A>" of category "A" contains <0x0A>, which a model reads as a command',
    ],
    "remove it",
  ],
  [
    "a category twice",
    "A: [x]\nB: [u]\nA: [z]\n",
    ['3:1 category "A" is there twice, first at line 1, column 1'],
    "rename",
  ],
  [
    "categories that differ by case, blanks and Unicode form only",
    'Stra\u00dfe A: [x]\n"strasse  a": [u]\n"STRASSE A ": [z]\nCaf\u00e9: [v]\ncafe\u0301: [w]\n',
    [
      '2:1 category "strasse  a" differs from "Straße A" at line 1, column 1 only by case, accents\' encoding or blanks',
      '3:1 category "STRASSE A " differs from "Straße A" at line 1, column 1 only by case, accents\' encoding or blanks',
      '5:1 category "cafe\u0301" differs from "Café" at line 4, column 1 only by case, accents\' encoding or blanks',
    ],
    "rename",
  ],
  [
    "a doubled key",
    "title: a\ntitle: b\ncategories:\n  A: {phrases: [x], phrases: [y]}\n",
    [
      '2:1 key "title" is there twice, first at line 1, column 1',
      '4:21 key "phrases" is there twice, first at line 4, column 7',
    ],
    "keep one",
  ],
  [
    "a doubled key, of which only the first is looked at",
    "title: a\ntitle: 3\ncategories: {A: [x]}\n",
    ['2:1 key "title" is there twice, first at line 1, column 1'],
    "keep one",
  ],
  [
    "a misspelt top-level key",
    "titel: a\ncategories: {A: [x]}\n",
    ['1:1 unknown key "titel"'],
    "did you mean `title`?",
  ],
  [
    "a misspelt `categories`",
    "Categories:\n  A: [x]\n",
    ['1:1 unknown key "Categories"'],
    "did you mean `categories`?",
  ],
  [
    "a misspelt key of a category",
    "categories:\n  A: {phrases: [x], Instruction: i}\n",
    ['2:21 unknown key "Instruction"'],
    "did you mean `instructions`?",
  ],
  [
    "a key that others use",
    "categories:\n  A: {phrases: [x]}\n  B: {prompts: [u]}\n",
    ['3:3 category "B" has no phrases', '3:7 unknown key "prompts"'],
    "at least one",
  ],
  [
    "an unknown key",
    "colour: red\ncategories: {A: [x]}\n",
    ['1:1 unknown key "colour"'],
    "known here: title",
  ],
  [
    "a category's key at the top",
    "description: d\ncategories: {A: [x]}\n",
    ['1:1 unknown key "description"'],
    "belongs to a category",
  ],
  [
    "settings in the plain form",
    "A:\n  phrases: [x]\nB: [z]\n",
    ['1:1 category "A" has settings, but stands outside `categories`'],
    "categories:",
  ],
  [
    "a title that is a number",
    "title: 2024\ncategories: {A: [x]}\n",
    ["1:8 `title` is not a text"],
    "quotes",
  ],
  [
    "a residual that is no true",
    "categories:\n  A: {phrases: [x], residual: yes}\n",
    ['2:31 `residual` of category "A" is not true or false'],
    "true or false",
  ],
  [
    "examples that are no list",
    "categories:\n  A: {phrases: [x], examples: a.jpg}\n",
    ['2:31 `examples` of category "A" is not a list'],
    "a list",
  ],
  [
    "examples that are no names",
    'categories:\n  A:\n    phrases: [x]\n    examples: [12, a.jpg, "", "b\\n.jpg"]\n',
    [
      '4:16 an item of `examples` of category "A" is not a text',
      '4:27 an item of `examples` of category "A" is empty',
      '4:31 an item of `examples` of category "A" contains a line break',
    ],
    "quotes",
  ],
  [
    "two residual categories",
    "categories:\n  A: {phrases: [x], residual: true}\n  B: {phrases: [z], residual: true}\n",
    ["3:21 a second residual category"],
    "only one",
  ],
  [
    "a template without {}",
    "template: a photo\ncategories: {A: [x]}\n",
    ["1:11 `template` has no {}"],
    "{} once",
  ],
  [
    "templates with two {}, none, and no text",
    "templates: ['{} and {}', '', 3]\ncategories: {A: [x]}\n",
    ["1:13 `templates` has {} 2 times", "1:26 `templates` is empty", "1:30 `templates` is not a text"],
    "{} once",
  ],
  [
    "template and templates",
    "template: a {}\ntemplates: ['b {}']\ncategories: {A: [x]}\n",
    ["2:1 both `template` and `templates`"],
    "keep `templates`",
  ],
  [
    "a control character",
    'A: ["x\\u0007"]\nB: ["y\u0085z"]\n',
    [
      '1:5 phrase "x\\u0007" of category "A" contains the control character U+0007',
      '2:5 phrase "y\\u0085z" of category "B" contains a line break',
    ],
    "remove it",
  ],
  [
    "a line break in a phrase",
    "A:\n  - |\n    x\n    y\n",
    ['2:5 phrase "x\\u000ay\\u000a" of category "A" contains a line break'],
    ">",
  ],
  [
    "a model's special token",
    'A: ["x<|endoftext|>", "</s>"]\n',
    [
      '1:5 phrase "x<|endoftext|>" of category "A" contains <|endoftext|>, which a model reads as a command',
      '1:23 phrase "</s>" of category "A" contains </s>, which a model reads as a command',
    ],
    "remove it",
  ],
  [
    "an escape that does not work in single quotes",
    "A: ['caf\\u00e9', x\\ny]\n",
    [
      '1:5 phrase "caf\\u00e9" of category "A" contains \\u00e9 as it stands',
      '1:18 phrase "x\\ny" of category "A" contains \\n as it stands',
    ],
    "double quotes",
  ],
  [
    "a phrase longer than any model reads",
    `A: [${"x".repeat(2001)}, ${"y".repeat(2000)}]\n`,
    [`1:5 phrase "${"x".repeat(79)}…" of category "A" has 2001 characters, more than 2000`],
    "shorten",
  ],
  [
    "half a character",
    '{"A": ["\\ud83d"]}',
    ['1:8 phrase "\\ud83d" of category "A" contains a damaged character'],
    "type it again",
  ],
  [
    "a Python string with a prefix",
    'codes = {"A": [f"x"]}',
    ['1:16 phrase "f"x"" of category "A" is a Python string with a prefix'],
    "letter before",
  ],
  [
    "a name with a tab",
    '"a\\tb": [x]\n',
    ['1:1 category name "a\\u0009b" contains the control character U+0009'],
    "blank",
  ],
  [
    "a category without a name",
    "A: [x]\n  : [y]\n",
    ["2:3 a category without a name"],
    "name before the colon",
  ],
  ["an empty name", '"": [x]\n', ["1:1 a category without a name"], "name before the colon"],
];

describe("mistakes in what a codebook says", () => {
  it.each(cases)("%s", (_, file, mistakes, hint) => {
    const found = mistakesWithHints(file);
    expect(found.map(({ place, what }) => `${place} ${what}`)).toEqual(mistakes);
    expect(found[0]?.hint).toContain(hint);
  });

  it("are all reported at once, in the file's order, each with a hint", () => {
    const file = `titel: X
template: a photo
categories:
  A: []
  B:
    - 12
    - ok
    - a: b
  b: [ok]
  C: {phrase: [q], residual: maybe}
`;
    expect(mistakesOf(file)).toEqual([
      '1:1 unknown key "titel"',
      "2:11 `template` has no {}",
      '4:3 category "A" has no phrases',
      '6:7 phrase of category "B" is a number, not a text: "12"',
      '8:7 phrase "a:" of category "B" is cut in two by its colon',
      '9:3 category "b" differs from "B" at line 5, column 3 only by case, accents\' encoding or blanks',
      '9:7 phrase "ok" is in category "b" and in category "B", first at line 7, column 7',
      '10:3 category "C" has no phrases',
      '10:7 unknown key "phrase"',
      '10:30 `residual` of category "C" is not true or false',
    ]);
    expect(mistakesWithHints(file).every(({ hint }) => hint.length > 5)).toBe(true);
  });

  it("have the same places in a file with byte-order mark and CRLF", () => {
    const file = "A:\n  - 12\n  - x\nB: [x]\n";
    expect(mistakesOf(`\uFEFF${file.replaceAll("\n", "\r\n")}`)).toEqual(mistakesOf(file));
    expect(mistakesOf(file)).toHaveLength(2);
  });
});
