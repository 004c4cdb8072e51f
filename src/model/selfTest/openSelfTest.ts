import { cpus } from "node:os";
import type { Embeddings } from "../../embeddings.ts";
import { UserError } from "../../errors.ts";
import type { Environment } from "../cacheHome.ts";
import type { Side } from "../openGraph.ts";
import type { SelfTestRecord } from "../registeredModel.ts";
import { drawTestViews, testPhrases } from "./drawTestViews.ts";
import { fingerprint, fingerprintCosine } from "./fingerprint.ts";
import { hasPassed, rememberPassed, selfTestKey } from "./passedTests.ts";

/**
 * The lowest cosine with the recorded embeddings that passes. Another order of adding up, as other processors have it, changes
 * far less; damaged weights and wrong products change far more.
 */
export const lowestSelfTestCosine = 0.9995;

/** How close a model's towers come to what they gave where their values were recorded: mean cosines, 1 for equal. */
export type SelfTestOutcome = Readonly<Record<Side, number>>;

/** A model's self-test: its towers embed bundled pictures and phrases, which are compared with recorded values. */
export interface SelfTest {
  /** Tests a tower, unless it has passed before on this machine. @throws UserError when it fails */
  require(side: Side): Promise<void>;
  /** Tests both towers, whatever is remembered; undefined where no values are recorded. @throws UserError on failure */
  run(): Promise<SelfTestOutcome | undefined>;
}

/** What a self-test needs of the encoder. */
export interface SelfTestSpec {
  readonly name: string;
  readonly identity: string;
  readonly sizePx: number;
  /** Absent for models whose values nobody has recorded: they are not tested. */
  readonly record: SelfTestRecord | undefined;
  readonly environment: Environment;
  embedViews(views: readonly Uint8Array[]): Promise<Embeddings>;
  embedTexts(texts: readonly string[]): Promise<Embeddings>;
}

/** Prepares a self-test; nothing is computed yet. Each tower is tested by itself, so that none is opened for it alone. */
export function openSelfTest(spec: SelfTestSpec): SelfTest {
  const { record, environment } = spec;
  const measure = async (side: Side, recorded: SelfTestRecord): Promise<number> => {
    const cosine = fingerprintCosine(fingerprint(await embedTestItems(side, spec)), recorded[side]);
    if (!(cosine >= lowestSelfTestCosine)) throw failure(spec.name, side, cosine);
    await rememberPassed(environment, selfTestKey(spec.identity, side));
    return cosine;
  };
  const passed = new Map<Side, Promise<void>>();
  const requireOnce = async (side: Side) => {
    if (record === undefined || (await hasPassed(environment, selfTestKey(spec.identity, side)))) return;
    await measure(side, record);
  };
  return {
    require: (side) => {
      const already = passed.get(side) ?? requireOnce(side);
      passed.set(side, already);
      return already;
    },
    run: async () => record && { image: await measure("image", record), text: await measure("text", record) },
  };
}

/** What the self-test embeds of a side. `-> [6, dim]` */
export function embedTestItems(
  side: Side,
  encoder: Pick<SelfTestSpec, "sizePx" | "embedViews" | "embedTexts">,
): Promise<Embeddings> {
  return side === "image"
    ? encoder.embedViews(drawTestViews(encoder.sizePx))
    : encoder.embedTexts(testPhrases);
}

function failure(name: string, side: Side, cosine: number): UserError {
  const processor = cpus()[0]?.model.trim() || process.arch;
  const items = side === "image" ? "pictures" : "phrases";
  return new UserError(
    `${name}: the ${side} tower computes wrongly: on the test ${items} its embeddings have a cosine of ` +
      `${cosine.toFixed(3)} with the recorded ones, not ${lowestSelfTestCosine} or more`,
    {
      hint:
        `either its weights are damaged (download or copy the model again), or ONNX Runtime computes wrongly on this processor ` +
        `(${processor}): try another machine, or --precision float32`,
    },
  );
}
