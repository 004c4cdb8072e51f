import { InvalidArgumentError } from "commander";
import type { GoldRule } from "../validation/goldStandard.ts";

/** `majority`, `adjudicated` or `coder:NAME`. @throws InvalidArgumentError for anything else */
export function parseGoldRule(text: string): GoldRule {
  if (text === "majority" || text === "adjudicated") return { kind: text };
  const coder = /^coder:(.+)$/su.exec(text)?.[1]?.trim();
  if (coder) return { kind: "coder", coder };
  throw new InvalidArgumentError("It is majority, adjudicated or coder:NAME.");
}
