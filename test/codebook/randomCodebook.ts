import { seededRandom } from "../../src/seededRandom.ts";

/** Chance with the few questions that generators ask. */
export interface Chance {
  below(count: number): number;
  pick<Item>(items: readonly Item[]): Item;
  happens(share: number): boolean;
  /** A text that was not given before, also not in another case or with other blanks; some are hard to write in YAML. */
  newText(): string;
}

const hardTexts = [
  ...[
    "a: b",
    "# hash",
    "a # b",
    "'quoted'",
    '"q"',
    "it's",
    "yes",
    "no",
    "007",
    "1e5",
    "__proto__",
    "<<",
    "~",
    "null",
  ],
  ...[
    "- dash",
    "? q",
    "[x]",
    "{x}",
    "x, y",
    "@a",
    "%b",
    "`c",
    "&d",
    "*e",
    "!f",
    "|",
    ">",
    "emoji 🎉",
    "שלום",
    "\\d",
  ],
  ...[
    "a\\b",
    "trailing:",
    "x:y",
    "constructor",
    "toString",
    "…",
    "“typo”",
    "a  b",
    "=",
    "2024-01-01",
    "12:30",
    "true",
  ],
  ...[
    "#1",
    "a #1",
    "...",
    "---",
    "\u00a0nbsp",
    "{} x",
    "ends with \\",
    "'",
    '"',
    "''",
    "a'b\"c",
    "a".repeat(900),
  ],
];

/** @param seed the same one gives the same texts and decisions */
export function chanceOf(seed: number): Chance {
  const random = seededRandom(seed);
  const seen = new Set<string>();
  let serial = 0;
  const chance: Chance = {
    below: (count) => Math.floor(random() * count),
    pick: (items) => items[Math.floor(random() * items.length)] as (typeof items)[number],
    happens: (share) => random() < share,
    newText: () => {
      for (;;) {
        const base = chance.pick(
          chance.happens(0.5) ? hardTexts : ["a crowd", "two people", "a poster on a wall"],
        );
        const text = (chance.happens(0.3) ? base : `${base} ${serial++}`).trim();
        const folded = text.replace(/\s+/gu, " ").toLowerCase();
        if (seen.has(folded)) continue;
        seen.add(folded);
        return text;
      }
    },
  };
  return chance;
}

/** A codebook's text as somebody might have written it: all forms, quotes, comments and blank lines. */
export function randomCodebook(chance: Chance): string {
  const text = chance.happens(0.2) ? randomJson(chance) : randomYaml(chance);
  return (chance.happens(0.1) ? "\uFEFF" : "") + text;
}

function randomJson({ below, happens, pick, newText }: Chance): string {
  const categories = Object.fromEntries(
    Array.from({ length: 1 + below(4) }, () => {
      const phrases = Array.from({ length: 1 + below(3) }, newText);
      return [`${newText()}.`, happens(0.3) ? { description: "d", phrases } : phrases] as const;
    }),
  );
  const isFull = Object.values(categories).some((value) => !Array.isArray(value)) || happens(0.5);
  const codebook = isFull ? { ...(happens(0.5) && { title: "T" }), categories } : categories;
  return JSON.stringify(codebook, undefined, pick([0, 2, 4, "\t"])) + pick(["", "\n"]);
}

function randomYaml(chance: Chance): string {
  const { below, happens, pick, newText } = chance;
  const end = happens(0.2) ? "\r\n" : "\n";
  const step = pick(["  ", "    ", " "]);
  const isFull = happens(0.5);
  let comments = 0;
  const above = (indent: string) => (happens(0.15) ? `${indent}# c${comments++}${end}` : "");
  const apart = (indent: string) =>
    happens(0.1) ? `${pick(["", end])}${indent}# apart ${comments++}${end}${end}` : happens(0.15) ? end : "";
  const behind = () =>
    happens(0.15) ? `${pick([" # t", "   #t"])}${comments++}` : happens(0.05) ? "  " : "";
  const isEasy = (text: string) => /^[a-z ]+\d+$/u.test(text) && !/^(?:yes|no|null|true)/u.test(text);
  const quoted = (text: string) => {
    if (isEasy(text) && happens(0.5)) return text;
    return happens(0.5) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
  };
  const phrases = (indent: string, key: string): string => {
    const items = Array.from({ length: 1 + below(4) }, newText);
    const inner = indent + step;
    switch (below(5)) {
      case 0: {
        const listed = items.map(quoted).join(pick([", ", ",", " , "]));
        return `${key}: [${pick(["", " "])}${listed}${pick(["", ",", " "])}]${behind()}${end}`;
      }
      case 1: {
        const lines = items.map((text, i) => {
          const comma = i < items.length - 1 || happens(0.5) ? "," : "";
          return `${above(inner)}${inner}${quoted(text)}${comma}${behind()}${end}`;
        });
        return `${key}: [${behind()}${end}${lines.join("")}${above(inner)}${inner}]${behind()}${end}`;
      }
      default: {
        const at = happens(0.3) ? indent : inner;
        const lines = items.map((text) => {
          const isBlock = isEasy(text) && happens(0.15);
          const written = isBlock ? `${pick([">", "|", ">-"])}${end}${at}  ${text}` : quoted(text) + behind();
          const below = !isBlock && happens(0.05) ? `${at}   # deeper ${comments++}${end}` : "";
          return `${apart(at)}${above(at)}${at}-${pick([" ", "   "])}${written}${end}${below}`;
        });
        return `${key}:${behind()}${end}${lines.join("")}`;
      }
    }
  };
  const description = (indent: string) => {
    const block = (...lines: string[]) => lines.map((line) => line && indent + step + line).join(end);
    const value = pick([
      `plain text${behind()}`,
      `>${end}${block("folded", "text")}`,
      `|${end}${block("lines", "", "of text")}`,
      '"a: b"',
      `several${end}${indent} lines`,
    ]);
    return `${above(indent)}${indent}description: ${value}${end}`;
  };
  let text = happens(0.3) ? `# top${end}${pick(["", end])}` : "";
  if (happens(0.1)) text += `---${end}`;
  if (isFull) {
    if (happens(0.4)) text += `title: ${quoted("A title 1")}${behind()}${end}`;
    if (happens(0.3)) text += `${pick(['template: "a photo of {}"', "templates: ['a {}', \"b {}\"]"])}${end}`;
    text += `${apart("")}${above("")}categories:${behind()}${end}`;
  }
  const indent = isFull ? step : "";
  for (let c = 0, count = 1 + below(5); c < count; c++) {
    text += `${apart(indent)}${above(indent)}`;
    const name = `${indent}${quoted(newText())}`;
    if (isFull && happens(0.5)) {
      const settings = [phrases(indent + step, `${indent}${step}phrases`)];
      if (happens(0.5)) settings.splice(below(2), 0, description(indent + step));
      if (happens(0.2)) settings.splice(below(2), 0, `${indent}${step}examples: [a.jpg, "b c.png"]${end}`);
      text += `${name}:${behind()}${end}${settings.join("")}`;
    } else text += phrases(indent, name);
    if (happens(0.1)) text += end;
  }
  if (happens(0.2)) text += `# the end${end}`;
  return happens(0.2) ? text.replace(/(?:\r\n|\n)$/u, "") : text;
}
