import { InvalidArgumentError, Option } from "commander";
import type { GoldRule } from "../validation/goldStandard.ts";

/** `--gold RULE` */
export const goldOption = () =>
  new Option(
    "--gold <rule>",
    "what is true: majority, adjudicated (the adjudication where there is one, else the majority), or coder:NAME (default: adjudicated where somebody has adjudicated, else majority, or the only coder)",
  ).argParser(goldRule);

/** A parser for a gold standard's rule. @throws InvalidArgumentError */
function goldRule(text: string): GoldRule {
  if (text === "majority" || text === "adjudicated") return { kind: text };
  const coder = /^coder:(.+)$/s.exec(text)?.[1];
  if (coder !== undefined) return { kind: "coder", coder };
  throw new InvalidArgumentError("it must be majority, adjudicated, or coder:NAME.");
}
