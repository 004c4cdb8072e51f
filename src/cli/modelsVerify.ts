import { UserError } from "../errors.ts";
import { type LocatedModel, locateModel } from "../model/locateModel.ts";
import { findModelPresence } from "../model/modelPresence.ts";
import { openEncoder } from "../model/openEncoder.ts";
import { type Precision, publishedPrecision, type RegisteredModel } from "../model/registeredModel.ts";
import { registeredModels } from "../model/registry.ts";
import { lowestSelfTestCosine, type SelfTestOutcome } from "../model/selfTest/openSelfTest.ts";
import type { ModelFile } from "../model/verifyModelFiles.ts";
import { formatBytes, startDownloadLine } from "./downloadLine.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** Settings of `runModelsVerify`. */
export interface ModelsVerifyOptions {
  readonly precision?: Precision;
  readonly json?: boolean;
}

/** What became of one model: its files and self-test, or what is wrong with it. */
type Verified =
  | { readonly model: LocatedModel; readonly selfTest: SelfTestOutcome | undefined }
  | { readonly id: string; readonly error: UserError };

const vouchers: Readonly<Record<NonNullable<ModelFile["checkedAgainst"]>, string>> = {
  registry: "as registered",
  record: "as at its first use",
  hub: "as the Hub named it",
  variant: "as it was made here",
};

/**
 * `clipbook models verify [NAME|DIR]`: reads every file of a model, or of every registered one on this machine, compares its
 * digest with what is known of it, and tests what its towers compute. Nothing is downloaded.
 * @throws UserError for a model that is not here, has a damaged file or computes wrongly, after all of them are printed
 */
export async function runModelsVerify(
  name: string | undefined,
  options: ModelsVerifyOptions,
  terminal: Omit<Terminal, "stdoutStream">,
  registry: readonly RegisteredModel[] = registeredModels,
): Promise<void> {
  const precision = options.precision ?? "float32";
  const ids = name === undefined ? await idsHere(registry, precision, terminal) : [name];
  const verified: Verified[] = [];
  for (const id of ids) {
    const found = await verify(id, precision, terminal, registry);
    verified.push(found);
    if (!options.json) terminal.stdout(describe(found));
  }
  if (options.json) terminal.stdout(`${JSON.stringify(verified.map(describeAsJson), undefined, 2)}\n`);
  const failed = verified.flatMap((found) => ("error" in found ? [found] : []));
  const [first] = failed;
  if (first === undefined) return;
  if (verified.length === 1) throw first.error;
  throw new UserError(`${failed.length} of ${verified.length} models cannot be trusted`, {
    hint: `see above: ${failed.map(({ id }) => id).join(", ")}`,
  });
}

async function idsHere(
  registry: readonly RegisteredModel[],
  precision: Precision,
  { environment }: Pick<Terminal, "environment">,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const model of registry) if (await isHere(model, precision, { environment })) ids.push(model.id);
  return ids;
}

async function isHere(
  model: RegisteredModel,
  precision: Precision,
  { environment }: Pick<Terminal, "environment">,
): Promise<boolean> {
  const { presence } = await findModelPresence(model, publishedPrecision(model, precision), environment);
  return presence === "here";
}

async function verify(
  id: string,
  precision: Precision,
  terminal: Parameters<typeof runModelsVerify>[2],
  registry: readonly RegisteredModel[],
): Promise<Verified> {
  const registered = registry.find((model) => model.id === id);
  if (registered !== undefined && !(await isHere(registered, precision, terminal))) {
    const error = new UserError(`${id}: this model is not on this machine, or not all of its files`, {
      hint: `clipbook models download ${id}`,
    });
    return { id, error };
  }
  // What is missing is no reason to download hundreds of megabytes.
  const environment = { ...terminal.environment, HF_HUB_OFFLINE: "1" };
  const line = startDownloadLine(terminal);
  const { signal } = terminal;
  try {
    const { onVariant } = line;
    const model = await locateModel(id, { precision, environment, signal, registry, onVariant, fresh: true });
    await using opened = new AsyncDisposableStack();
    const encoder = await openEncoder(model, { environment });
    opened.defer(() => encoder.close());
    return { model, selfTest: await encoder.selfTest() };
  } catch (error) {
    if (error instanceof UserError) return { id, error };
    throw error;
  } finally {
    line.clear();
  }
}

function describe(verified: Verified): string {
  if ("error" in verified)
    return `${printable(verified.id)}: FAILED\n  ${printable(verified.error.message)}\n`;
  const { model, selfTest } = verified;
  const files = model.files.map(
    ({ name, bytes, sha256, checkedAgainst }) =>
      `  ${printable(name)}  ${formatBytes(bytes)}  SHA-256 ${sha256}  ` +
      `${checkedAgainst === undefined ? "not known before" : vouchers[checkedAgainst]}\n`,
  );
  const tested =
    selfTest === undefined
      ? "no values recorded for this model"
      : `passed: cosines with the recorded embeddings ${selfTest.image.toFixed(5)} (pictures) and ` +
        `${selfTest.text.toFixed(5)} (phrases), at least ${lowestSelfTestCosine} wanted`;
  const unknown = model.files.filter(({ checkedAgainst }) => checkedAgainst === undefined).length;
  const verdict =
    unknown === 0 ? "every file is as it should be" : `nothing vouches for ${unknown} of its files`;
  return `${printable(model.name)} (${model.precision}): ${verdict}\n${files.join("")}  self-test ${tested}\n`;
}

function describeAsJson(verified: Verified): object {
  if ("error" in verified) {
    const { id, error } = verified;
    return { id, ok: false, error: error.message, hint: error.hint };
  }
  const { model, selfTest } = verified;
  const { name, precision, directory, files } = model;
  return { id: name, ok: true, precision, directory, files, selfTest: selfTest ?? null };
}
