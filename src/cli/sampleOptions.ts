import { UserError } from "../errors.ts";
import type { SamplePurpose } from "../validation/sampleSpec.ts";
import type { WantedDesign } from "../validation/suggestDesign.ts";

/** The options of `clipbook sample`, as commander hands them over. */
export interface SampleOptions {
  readonly study: string;
  readonly name?: string;
  readonly purpose?: SamplePurpose;
  readonly design?: WantedDesign["kind"];
  readonly size?: number;
  readonly floor?: number;
  readonly least?: number;
  readonly seed?: number;
  readonly run?: number;
  readonly exclude?: readonly string[];
  readonly excludeReviewed?: boolean;
  readonly excludeExamples?: boolean;
  readonly sealed?: boolean;
  readonly coders?: string;
  readonly adjudicator?: string;
  readonly offline?: string;
  readonly plan?: boolean;
  readonly list?: boolean;
  readonly from?: string;
  readonly passMark?: number;
  readonly json?: boolean;
}

/** Options that say what is drawn; without any of them a sample that exists can be given coders. */
export const drawingOptions = [
  "purpose",
  "design",
  "size",
  "floor",
  "least",
  "seed",
  "run",
  "exclude",
  "excludeReviewed",
  "excludeExamples",
  "sealed",
  "from",
  "passMark",
] as const satisfies readonly (keyof SampleOptions)[];

/** Options that a training round has no use for. */
const idleOptions = [
  "sealed",
  "exclude",
  "excludeReviewed",
  "excludeExamples",
  "design",
  "floor",
  "least",
] as const satisfies readonly (typeof drawingOptions)[number][];

/** @throws UserError for options that contradict each other, or of which one would do nothing */
export function requireOneMeaning(options: SampleOptions): void {
  const { list, plan, from, passMark, design, least, floor, offline } = options;
  if (list && (plan || drawingOptions.some((key) => options[key] !== undefined)))
    throw new UserError("--list draws nothing, so that nothing can be said of a drawing", {
      hint: "leave the other options away",
    });
  if (offline !== undefined && (list || plan || from !== undefined))
    throw new UserError("--offline writes pages of a sample; not with --list, --plan or a training round", {
      hint: "leave one of them away",
    });
  if (plan && from !== undefined)
    throw new UserError("a training round needs no plan: nothing is estimated from it", {
      hint: "leave --plan or --from away",
    });
  if (passMark !== undefined && from === undefined)
    throw new UserError("--pass-mark is for a training round, whose right answers are known", {
      hint: "say where from: --from SAMPLE, or --from examples",
    });
  if (from !== undefined && (options.purpose ?? "training") !== "training")
    throw new UserError(`a ${options.purpose} sample has no known answers`, { hint: "leave --from away" });
  const idle = from === undefined ? undefined : idleOptions.find((key) => options[key] !== undefined);
  if (idle !== undefined)
    throw new UserError(
      `${flagOf(idle)} does nothing with --from: a training round has all images of known category, or some at random`,
      {
        hint: "leave one of them away",
      },
    );
  if (from !== undefined && from !== "examples" && options.run !== undefined)
    throw new UserError("--run does nothing with --from SAMPLE: a training round is of that sample's run", {
      hint: "leave one of them away; with --from examples the run can be chosen",
    });
  if (from !== undefined && options.adjudicator !== undefined)
    throw new UserError("a training round has no adjudicator: its right answers are known", {
      hint: "leave --adjudicator away",
    });
  if (from === undefined && options.purpose === "training")
    throw new UserError("a training round needs images whose category is known", {
      hint: "say where from: --from SAMPLE, or --from examples",
    });
  if (least !== undefined && design !== "uncertainty")
    throw new UserError("--least belongs to --design uncertainty", { hint: "leave one of them away" });
  if (floor !== undefined && (design === "simple" || design === "uncertainty"))
    throw new UserError(`--floor does nothing with --design ${design}`, {
      hint: "a floor belongs to stratified and split designs",
    });
}

function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
