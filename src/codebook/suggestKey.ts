import { editDistance } from "./editDistance.ts";

// What people call these things elsewhere.
const otherWords: ReadonlyMap<string, string> = new Map([
  ["classes", "categories"],
  ["codes", "categories"],
  ["labels", "categories"],
  ["kategorien", "categories"],
  ["name", "title"],
  ["lang", "language"],
  ["prompt", "phrases"],
  ["prompts", "phrases"],
  ["sentences", "phrases"],
  ["texts", "phrases"],
  ["definition", "description"],
  ["coder_instructions", "instructions"],
  ["coding_instructions", "instructions"],
  ["other", "residual"],
]);

/** The key among `known` that a misspelt one stands for; undefined where none is near. */
export function suggestKey(key: string, known: readonly string[]): string | undefined {
  const lower = key.toLowerCase().trim().slice(0, 40);
  const otherWord = otherWords.get(lower);
  if (otherWord !== undefined && known.includes(otherWord)) return otherWord;
  const nearest = known
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return nearest !== undefined && nearest.distance <= 2 ? nearest.candidate : undefined;
}
