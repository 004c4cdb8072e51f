import type { TextStore } from "../shell/keepText.ts";
import type { Judgement } from "./outbox.ts";

const prefixOf = (link: string) => `clipbook code ${link} `;

/** Under which key a browser keeps a judgement, and as what. */
export function keptText(
  link: string,
  judgement: Judgement,
): { readonly key: string; readonly text: string } {
  return { key: `${prefixOf(link)}${judgement.at}`, text: JSON.stringify(judgement) };
}

/** What a browser has kept for a link and was not sent; by image. */
export function keptJudgements(store: TextStore | undefined, link: string): readonly Judgement[] {
  if (store === undefined) return [];
  const prefix = prefixOf(link);
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? "");
  return keys
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => maybeJudgement(store.getItem(key)) ?? [])
    .sort((a, b) => a.at - b.at);
}

/** Whatever else may stand there, another program's or an earlier version's, is left alone. */
function maybeJudgement(text: string | null): Judgement | undefined {
  try {
    const read = JSON.parse(text ?? "") as Partial<Judgement> | null;
    const isOne =
      Number.isInteger(read?.at) &&
      Number.isInteger(read?.seen) &&
      typeof read?.answer === "string" &&
      typeof read.note === "string" &&
      Array.isArray(read.earlier);
    return isOne ? (read as Judgement) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
