import { loadEncoder } from "../model/loadEncoder.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Precision } from "../model/registeredModel.ts";
import { type Comparison, compareEncoders } from "../pipeline/compareEncoders.ts";
import type { CosineSummary } from "../pipeline/cosineSummary.ts";
import { loadCodebook } from "../pipeline/loadCodebook.ts";
import { openInputs } from "../pipeline/openInputs.ts";
import { seededRandom } from "../seededRandom.ts";
import { definedOptions } from "./definedOptions.ts";
import { startDownloadLine } from "./downloadLine.ts";
import { printable } from "./printable.ts";
import { formatCount, type ProgressLine, startProgressLine } from "./progressLine.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook models compare`, as commander hands them over. */
export interface ModelsCompareOptions {
  readonly on: string;
  readonly codebook: string;
  readonly followOutside?: boolean;
  readonly images: number;
  readonly seed: number;
  readonly threads?: number;
  readonly json?: boolean;
}

/** Pictures with another category that are named; the JSON has all. */
const namedChanges = 10;

/**
 * `clipbook models compare NAME|DIR`: how far a model's int8 variant is from float32 on the user's own pictures, and how
 * much faster.
 * @throws UserError for a model, codebook or pictures that cannot be used
 */
export async function runModelsCompare(
  name: string,
  options: ModelsCompareOptions,
  terminal: Terminal,
): Promise<void> {
  const { signal } = terminal;
  const codebook = await loadCodebook(options.codebook);
  await using opened = new AsyncDisposableStack();
  const { on, followOutside } = options;
  const inputs = await openInputs([on], undefined, { followOutside });
  opened.defer(() => inputs.close());
  const open = async (precision: Precision): Promise<Encoder> => {
    const encoder = await openModel(name, precision, options, terminal);
    opened.defer(() => encoder.close());
    return encoder;
  };
  const [float32, int8] = [await open("float32"), await open("int8")];
  let line: ProgressLine | undefined;
  let comparison: Comparison;
  try {
    comparison = await compareEncoders({
      float32,
      int8,
      codebook,
      inputs,
      images: options.images,
      random: seededRandom(options.seed),
      signal,
      onProgress: (done, total) => {
        line ??= startProgressLine("comparing", total, terminal);
        line.update(done);
      },
      onFailure: (unit, { code, sentence }) => {
        line?.clear();
        terminal.stderr(`${printable(unit)}: ${code}: ${sentence}\n`);
      },
    });
  } finally {
    line?.clear();
  }
  const { identity } = float32;
  const answer = { model: float32.name, float32: identity, int8: int8.identity, ...comparison };
  if (options.json) terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
  else terminal.stdout(describe(float32.name, comparison));
}

async function openModel(
  name: string,
  precision: Precision,
  { threads }: ModelsCompareOptions,
  { signal, environment, ...terminal }: Terminal,
): Promise<Encoder> {
  const { onProgress, onVariant, clear } = startDownloadLine(terminal);
  const located = { precision, signal, environment, onProgress, onVariant };
  return loadEncoder(name, { ...located, ...definedOptions({ threads }) }).finally(clear);
}

function describe(model: string, comparison: Comparison): string {
  const { found, compared, failed, agreeing, agreement, changed, speed } = comparison;
  const failures = failed === 0 ? "" : `, ${formatCount(failed)} could not be used`;
  const named = changed.slice(0, namedChanges).map(
    ({ unit, float32, int8 }) =>
      // Names come from files and from the codebook: what a terminal would obey is shown instead.
      `    ${printable(unit)}: ${printable(float32)} in float32, ${printable(int8)} in int8`,
  );
  const more = changed.length - named.length;
  return [
    `${printable(model)}: int8 compared with float32 on ${formatCount(compared)} of ${formatCount(found)} pictures${failures}`,
    `  pictures   ${cosines(comparison.imageCosines)}`,
    `  phrases    ${cosines(comparison.phraseCosines)}`,
    `  category   the same for ${formatCount(agreeing)} of ${formatCount(compared)} (${percent(agreement)})`,
    ...named,
    ...(more > 0 ? [`    and ${formatCount(more)} more (--json lists all)`] : []),
    `  speed      int8 is ${speed.ratio.toFixed(2)} times as fast: ${speed.int8PerSecond.toFixed(1)} against ` +
      `${speed.float32PerSecond.toFixed(1)} pictures/s in the image tower alone (median of ${speed.rounds} rounds)`,
    "",
  ].join("\n");
}

function cosines({ mean, worst, worstName }: CosineSummary): string {
  return `cosine to float32: mean ${mean.toFixed(5)}, worst ${worst.toFixed(5)} (${printable(worstName)})`;
}

/** Never 100% where something differs. @param share 0..1 */
function percent(share: number): string {
  return share === 1 ? "100%" : `${Math.min(99.9, Math.floor(share * 1000) / 10).toFixed(1)}%`;
}
