// The first word of names such as "Other", "Sonstiges", "None of these", "Autre / divers", in lower case.
const residualWords: ReadonlySet<string> = new Set([
  ...[
    "other",
    "others",
    "none",
    "miscellaneous",
    "misc",
    "residual",
    "rest",
    "remainder",
    "unrelated",
    "irrelevant",
  ],
  ...["unclassified", "uncodable", "unclear", "background", "neither", "anything", "everything"],
  ...["sonstiges", "sonstige", "anderes", "andere", "übriges", "übrige", "restkategorie", "keine", "keines"],
  ...["autre", "autres", "divers", "aucun", "aucune", "reste"],
  ...["otro", "otros", "otra", "otras", "ninguno", "ninguna", "varios", "resto"],
  ...["altro", "altri", "altre", "nessuno", "nessuna", "varie"],
  ...["outro", "outros", "outra", "outras", "nenhum", "nenhuma"],
  ...[
    "overig",
    "overige",
    "anders",
    "geen",
    "annat",
    "övrigt",
    "annet",
    "andet",
    "inne",
    "pozostałe",
    "diğer",
  ],
  ...["другое", "прочее", "інше", "其他", "その他", "기타"],
]);

/** True for a category name that says "what fits nowhere else" in a language that Clipbook knows the word of. */
export function isResidualName(name: string): boolean {
  const firstWord = name
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{M}]+/u)?.[0];
  return firstWord !== undefined && residualWords.has(firstWord);
}
