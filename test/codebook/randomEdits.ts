import type { CodebookDraft, DraftCategory, DraftPhrase } from "../../src/codebook/codebookDraft.ts";
import type { Chance } from "./randomCodebook.ts";

type Editable<Part> = { -readonly [Key in keyof Part]: Part[Key] };
type EditableCategory = Omit<Editable<DraftCategory>, "phrases"> & { phrases: Editable<DraftPhrase>[] };
type EditableDraft = Omit<Editable<CodebookDraft>, "categories"> & { categories: EditableCategory[] };

const comments = [
  "c",
  "a # b",
  "- x",
  "key: v",
  "",
  "two\nlines",
  "a\n\nb",
  "  indented",
  "#!",
  "🎉",
  "x\ty",
  "a\rb",
];
const descriptions = [
  ...[
    undefined,
    "",
    "x",
    "y\nz",
    "a: b # c",
    "yes",
    "x\n  indented\n- y",
    "ends with a blank \nl2",
    "- a",
    "# x\n# y",
  ],
  ...["long ".repeat(60), "tab\there", "\u00a0- x\n\u00a0- y", "ends\n\n", "windows\r\nlines"],
];

/** A draft after some edits, of all kinds that the board knows. */
export function editRandomly(draft: CodebookDraft, chance: Chance): CodebookDraft {
  const edited = structuredClone(draft) as EditableDraft;
  for (let count = 1 + chance.below(4); count > 0; count--) editOnce(edited, chance);
  return edited as CodebookDraft;
}

function editOnce(draft: EditableDraft, { below, pick, happens, newText }: Chance): void {
  const { categories } = draft;
  const category = pick(categories);
  const { phrases } = category;
  const comment = happens(0.4) ? { comment: pick(comments) } : {};
  const place = (list: readonly unknown[]) => below(list.length + 1);
  const phrase = phrases.length > 0 ? pick(phrases) : undefined;
  switch (below(12)) {
    case 0:
      category.name = newText();
      break;
    case 1:
      if (phrase) phrase.text = newText();
      break;
    case 2:
      phrases.splice(place(phrases), 0, { text: newText(), ...comment });
      break;
    case 3: {
      const moved = phrases.splice(below(phrases.length), 1);
      const target = pick(categories).phrases;
      target.splice(place(target), 0, ...moved);
      break;
    }
    case 4:
      if (phrases.length > 1) phrases.splice(below(phrases.length), 1);
      break;
    case 5:
      if (categories.length > 1) categories.splice(categories.indexOf(category), 1);
      break;
    case 6:
      categories.splice(categories.indexOf(category), 1);
      categories.splice(place(categories), 0, category);
      break;
    case 7: {
      const added: EditableCategory = { name: newText(), phrases: [{ text: newText() }], ...comment };
      if (happens(0.3)) added.description = pick(descriptions);
      categories.splice(place(categories), 0, added);
      break;
    }
    case 8:
      category.comment = happens(0.3) ? undefined : pick(comments);
      break;
    case 9:
      if (phrase) phrase.comment = happens(0.3) ? undefined : pick(comments);
      break;
    case 10:
      category.description = pick(descriptions);
      category.examples = pick([undefined, ["a.jpg"], [" blank.png", "x: y.jpg", "007"], []]);
      category.residual = pick([undefined, undefined, false]);
      break;
    default:
      draft.title = pick([undefined, "New: title", "t"]);
      draft.language = pick([undefined, "no"]);
      draft.templates = pick([[], ["one {}"], ["a {}", "b {}", "{}: c"]]);
  }
}
