import { describe, expect, it } from "vitest";
import { bibtexOf } from "../../../src/report/methods/reference.ts";
import { references } from "../../../src/report/methods/references.ts";

const required = {
  article: ["author", "title", "journal", "year"],
  book: ["author", "title", "publisher", "year"],
  inproceedings: ["author", "title", "booktitle", "year"],
};

/** Reads one BibTeX entry by its grammar: `@type{key, name = {value}, ...}`, braces balanced. */
function parseBibtex(text: string) {
  const head = /^@(\w+)\{([a-z]+\d{4}),\n/.exec(text);
  if (head === null) throw new Error(`no entry: ${text}`);
  const fields: Record<string, string> = {};
  let at = head[0].length;
  while (text[at] !== "}") {
    const name = /^\s*(\w+) = \{/.exec(text.slice(at));
    if (name === null) throw new Error(`no field at ${text.slice(at, at + 40)}`);
    const begin = at + name[0].length;
    let depth = 1;
    for (at = begin; depth > 0; at++) {
      if (text[at] === undefined) throw new Error("braces are not balanced");
      if (text[at] === "{") depth += 1;
      if (text[at] === "}") depth -= 1;
    }
    fields[name[1] as string] = text.slice(begin, at - 1);
    at += /^,?\n/.exec(text.slice(at))?.[0].length ?? 0;
  }
  expect(text.slice(at)).toBe("}");
  return { type: head[1] as keyof typeof required, key: head[2], fields };
}

describe("references", () => {
  it.each(Object.entries(references))("%s is BibTeX with all that its kind needs", (key, reference) => {
    const entry = parseBibtex(bibtexOf(reference));
    expect(entry.key).toBe(key);
    expect(entry.type).toBe(reference.type);
    for (const field of required[entry.type]) expect(Object.keys(entry.fields)).toContain(field);
    expect(reference.text).toContain(`(${entry.fields.year})`);
    expect(reference.citation).toMatch(new RegExp(`, ${entry.fields.year}$`));
    for (const part of ["volume", "number"])
      if (entry.fields[part]) expect(reference.text).toContain(entry.fields[part]);
    if (entry.fields.pages) expect(reference.text).toContain(entry.fields.pages.replace("--", "–"));
    if (entry.fields.doi) expect(reference.text).toContain(`https://doi.org/${entry.fields.doi}`);
    // Every author of the entry stands in the list, by family name.
    for (const author of (entry.fields.author as string).split(" and "))
      expect(reference.text).toContain(author.split(",")[0]);
  });

  it("have keys of their own", () => {
    const keys = Object.values(references).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("escape what BibTeX would read as a command or a comment", () => {
    const entry = bibtexOf({
      key: "some2020",
      citation: "",
      text: "",
      type: "book",
      fields: { title: "A & B_C 100% #1 $5 ~x ^y \\z", doi: "10.1/a_b%c" },
    });
    expect(parseBibtex(entry).fields).toEqual({
      title: "A \\& B\\_C 100\\% \\#1 \\$5 \\textasciitilde{}x \\textasciicircum{}y \\textbackslash{}z",
      doi: "10.1/a_b%c",
    });
  });
});
