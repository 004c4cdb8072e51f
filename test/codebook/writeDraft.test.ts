import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CodebookDraft, DraftCategory } from "../../src/codebook/codebookDraft.ts";
import { readDraft } from "../../src/codebook/readDraft.ts";
import { starterCodebook } from "../../src/codebook/starterCodebook.ts";
import { writeDraft } from "../../src/codebook/writeDraft.ts";

const fixtures = join(import.meta.dirname, "../fixtures/codebooks");

/** The text after an edit of its draft's categories. */
function edited(text: string, edit: (categories: DraftCategory[]) => readonly DraftCategory[]): string {
  const draft = readDraft(text, "codebook.yaml");
  return writeDraft(text, { ...draft, categories: edit([...draft.categories]) });
}

/** The text after a change of its draft's first category. */
function withFirst(text: string, change: Partial<DraftCategory>): string {
  return edited(text, ([first, ...others]) => [{ ...(first as DraftCategory), ...change }, ...others]);
}

function withHead(text: string, head: Partial<CodebookDraft>): string {
  return writeDraft(text, { ...readDraft(text, "codebook.yaml"), ...head });
}

describe("writeDraft", () => {
  it("gives every codebook of the tests back to the byte when nothing has changed", () => {
    const files = ["bom-crlf.yaml", "notebook.py.txt", "scripts.yaml", "tabs.json"];
    const texts = files.map((name) =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(join(fixtures, name))),
    );
    expect(texts[0]?.[0]).toBe("\uFEFF");
    for (const text of [...texts, starterCodebook]) {
      expect(writeDraft(text, readDraft(text, "codebook.yaml"))).toBe(text);
    }
  });

  it("moves a category with its comments, and leaves what stands apart where it is", () => {
    const text = `# My codebook.

# The one with people.
A: # behind
  - x # of x
    # below x

# -- things --

B: [y]

# about C
C:
- z
`;
    expect(edited(text, ([a, b, c]) => [c, a, b] as DraftCategory[])).toBe(`# My codebook.

# about C
C:
- z

# The one with people.
A: # behind
  - x # of x
    # below x

# -- things --

B: [y]
`);
    // What stood before a part that goes stands before the next one.
    expect(edited(text, ([a, , c]) => [a, c] as DraftCategory[])).toContain(
      "    # below x\n\n# -- things --\n\n\n# about C\nC:\n",
    );
  });

  it("moves a phrase with its comments, and quotes it as it was", () => {
    const text = `A:
  # the best
  - 'x: 1' # seen often
  - u
B:
    -   z
C: [v, "w"] # brackets
`;
    expect(
      edited(text, ([a, b, c]) => {
        const [x, ...others] = (a as DraftCategory).phrases as [never, never];
        const more = [...(b as DraftCategory).phrases, x];
        const ofC = [...(c as DraftCategory).phrases, ...others];
        return [
          { ...a, phrases: [{ text: "new" }] },
          { ...b, phrases: more },
          { ...c, phrases: ofC },
        ] as DraftCategory[];
      }),
    ).toBe(`A:
  - new
B:
    -   z
    # the best
    -   'x: 1' # seen often
C: [v, "w", u] # brackets
`);
  });

  it("quotes what YAML, Python or a reader would take for something else", () => {
    const texts = [
      "a: b",
      "a # b",
      "yes",
      "007",
      "<<",
      "- x",
      "it's {} here",
      'say "hi"',
      "plain text",
      "nul\u0000l",
    ];
    const written = withFirst("A:\n  - x\n", { phrases: texts.map((text) => ({ text })) });
    expect(
      written
        .split("\n")
        .slice(1, -1)
        .map((line) => line.slice(4)),
    ).toEqual([
      ...[
        '"a: b"',
        '"a # b"',
        '"yes"',
        '"007"',
        '"<<"',
        '"- x"',
        '"it\'s {} here"',
        'say "hi"',
        "plain text",
      ],
      '"nul\\u0000l"',
    ]);
  });

  it("turns the plain form into the full one where it has to, comments kept", () => {
    const text = '# mine\n\n# about A\nA: # t\n- x # y\n- >\n  folded\n  text\n\nB: [z, "w"] # b\n# end\n';
    const [a, b] = readDraft(text, "codebook.yaml").categories as [DraftCategory, DraftCategory];
    const categories = [
      { ...a, description: "d" },
      { ...b, residual: true },
    ];
    expect(withHead(text, { title: "T", categories })).toBe(`# mine

title: T
categories:
  # about A
  A: # t
    description: d
    phrases:
    - x # y
    - >
      folded
      text

  B: # b
    residual: true
    phrases: [z, "w"]
# end
`);
    expect(edited("A: [x]\n", ([first]) => [{ ...first, name: "title" }] as DraftCategory[])).toBe(
      "categories:\n  title: [x]\n",
    );
  });

  it("keeps blocks of lines blocks, and folds what was folded", () => {
    const text =
      "categories:\n  A:\n    description: >\n      old\n    # coders read this\n    instructions: old # behind\n    phrases: [x]\n";
    const long = "word ".repeat(30).trim();
    expect(withFirst(text, { description: long, instructions: "one\n\ntwo" })).toBe(`categories:
  A:
    description: >
      ${"word ".repeat(19).trim()}
      ${"word ".repeat(11).trim()}
    # coders read this
    # behind
    instructions: |
      one

      two
    phrases: [x]
`);
  });

  it("writes comments so that they cannot become something else", () => {
    const written = withFirst("A:\n  - x # old\n  - |\n    y\n", {
      comment: "first\n\n# second\r\nthird\u2028fourth\u0007",
      phrases: [
        { source: 0, text: "x", comment: "new # 1" },
        { source: 1, text: "y", comment: "above a block" },
        { text: "z", comment: "two\nlines" },
      ],
    });
    expect(written).toBe(`# first
#
# # second
# third
# fourth
A:
  - x # new # 1
  # above a block
  - |
    y
  # two
  # lines
  - z
`);
  });

  it("writes JSON as JSON, indented as it was, and leaves comments out", () => {
    const text = '{\n\t"A": ["x", "y"],\n\t"B": [\n\t\t"z"\n\t]\n}';
    const written = edited(
      text,
      ([a, b]) =>
        [
          { ...b, residual: true, comment: "lost" },
          {
            ...a,
            phrases: [
              { source: 1, text: 'y "q"' },
              { source: 0, text: "x" },
            ],
          },
          { name: "C", phrases: [{ text: "v" }] },
        ] as DraftCategory[],
    );
    expect(written).toBe(`{
	"categories": {
		"B": {
			"residual": true,
			"phrases": [
				"z"
			]
		},
		"A": ["y \\"q\\"", "x"],
		"C": ["v"]
	}
}`);
    expect(JSON.parse(written).categories.A).toEqual(['y "q"', "x"]);
    expect(withHead('{"A":["x"]}', { title: "T" })).toBe('{"title": "T", "categories": {"A":["x"]}}');
  });

  it("writes a Python dict as YAML in lines, with its comments", () => {
    const text =
      "# mine\nlabels = {\n  'A': [ # first\n    'it\\'s', # x\n    # more to come\n  ],\n}\n# done\n";
    expect(withFirst(text, { name: "B" })).toBe(`# mine

# first
B:
  - it's # x

# more to come
# done
`);
  });

  it("goes on with CRLF, a byte-order mark, and no line's end at the end", () => {
    const text = "\uFEFFA:\r\n  - x\r\nB:\r\n  - y";
    const written = edited(text, ([a, b]) => [b, { ...a, comment: "c" }] as DraftCategory[]);
    expect(written).toBe("\uFEFFB:\r\n  - y\r\n# c\r\nA:\r\n  - x");
  });

  it("writes what is still a mistake: names and phrases that are empty, doubled, or gone", () => {
    const text = "A:\n  - x\nB:\n  - y\n";
    const written = edited(
      text,
      ([a]) =>
        [
          { ...a, phrases: [] },
          { name: "", phrases: [{ text: "" }, { text: "x" }, { text: "x" }] },
        ] as DraftCategory[],
    );
    expect(written).toBe('A: []\n"":\n  - ""\n  - x\n  - x\n');
    expect(edited(text, () => [])).toBe("{}");
  });

  it("takes a part that is there twice for a copy, and a source that is not there for none", () => {
    const written = edited(
      "A:\n  - 'x' # c\n",
      ([a]) =>
        [
          a,
          { ...a, name: "B" },
          { source: 9, name: "C", phrases: [{ source: 9, text: "z" }] },
        ] as DraftCategory[],
    );
    expect(written).toBe("A:\n  - 'x' # c\n\nB:\n  - x # c\n\nC:\n  - z\n");
  });

  it("keeps one template under its key, and takes the plural for several", () => {
    const text = "template: 'a {}' # t\ncategories: {A: [x]}\n";
    expect(withHead(text, { templates: ["b {}"] })).toBe("template: 'b {}' # t\ncategories: {A: [x]}\n");
    expect(withHead(text, { templates: ["a {}", "b {}"] })).toBe(
      'templates: # t\n  - "a {}"\n  - "b {}"\ncategories: {A: [x]}\n',
    );
    expect(withHead(text, { templates: [] })).toBe("categories: {A: [x]}\n");
  });

  it("gives a text back that cannot be edited piece by piece, if nothing has changed", () => {
    const text = "# top\n? A\n: - x\n# about B\nB: [y]\n";
    expect(writeDraft(text, readDraft(text, "codebook.yaml"))).toBe(text);
  });

  it("copes with keys that are marked by ?, anew", () => {
    const text = "# top\n? A\n: - x\n# about B\nB: [y]\n";
    expect(edited(text, ([a, b]) => [a, { ...b, name: "C" }] as DraftCategory[])).toBe(
      '# top\n\nA:\n  - x\n\nC:\n  - "y"\n\n# about B\n',
    );
  });

  it("moves 4,000 phrases, each with its comment, as they are written", () => {
    const phrases = Array.from({ length: 4000 }, (_, i) => `  - phrase number ${i} # of many\n`);
    const text = `A:\n${phrases.slice(0, 2000).join("")}B:\n${phrases.slice(2000).join("")}`;
    const written = edited(text, ([a, b]) => [b, a] as DraftCategory[]);
    expect(written).toBe(`B:\n${phrases.slice(2000).join("")}A:\n${phrases.slice(0, 2000).join("")}`);
  });
});
