import { join } from "node:path";
import { UserError } from "../errors.ts";
import { type LocatedModel, locateModel } from "../model/locateModel.ts";
import { findModelPresence, type ModelPresence } from "../model/modelPresence.ts";
import {
  type Precision,
  precisions,
  publishedPrecision,
  type RegisteredModel,
} from "../model/registeredModel.ts";
import { defaultModelId, registeredModels } from "../model/registry.ts";
import { formatBytes, startDownloadLine } from "./downloadLine.ts";
import type { Terminal } from "./terminal.ts";

/** Settings of `runModelsList`. */
export interface ModelsListOptions {
  readonly json?: boolean;
}

/** Settings of `runModelsDownload`. */
export interface ModelsDownloadOptions {
  readonly precision?: Precision;
  readonly json?: boolean;
}

const presenceWords = {
  here: "on this machine",
  partly: "partly on this machine",
  missing: "not on this machine",
} as const;

/** `clipbook models list`: each registered model with what it is good for, licence, and size and presence by precision. */
export async function runModelsList(
  options: ModelsListOptions,
  terminal: Pick<Terminal, "stdout" | "environment">,
  registry: readonly RegisteredModel[] = registeredModels,
): Promise<void> {
  const listed = await Promise.all(
    registry.map(async (model) => ({ model, variants: await findVariants(model, terminal) })),
  );
  if (options.json) {
    const answer = listed.map(({ model, variants }) => describeAsJson(model, variants));
    terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  terminal.stdout(listed.map(({ model, variants }) => describe(model, variants)).join("\n"));
}

/**
 * `clipbook models download NAME`: brings a model into the Hub cache, makes its int8 variant where that is asked for, and
 * prints where it is, with its digests.
 * @throws UserError for a name that is not registered, and everything that `locateModel` throws
 */
export async function runModelsDownload(
  name: string,
  options: ModelsDownloadOptions,
  terminal: Omit<Terminal, "stdoutStream">,
  registry: readonly RegisteredModel[] = registeredModels,
): Promise<void> {
  if (!registry.some(({ id }) => id === name)) {
    throw new UserError(`there is no registered model "${name}"`, {
      hint: `the registered models are ${registry.map(({ id }) => id).join(", ")}`,
    });
  }
  const line = startDownloadLine(terminal);
  let model: LocatedModel;
  try {
    model = await locateModel(name, {
      precision: options.precision ?? "float32",
      environment: terminal.environment,
      signal: terminal.signal,
      onProgress: line.onProgress,
      onVariant: line.onVariant,
      registry,
    });
  } finally {
    line.clear();
  }
  if (options.json) {
    const { source, directory, precision, files } = model;
    const answer = { id: name, source, directory, precision, files };
    terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  const files = model.files.map(
    ({ name: file, path, bytes, sha256 }) =>
      // A variant lies elsewhere where the model's folder could not be written.
      `  ${path === join(model.directory, file) ? file : path}  ${formatBytes(bytes)}  SHA-256 ${sha256}\n`,
  );
  terminal.stdout(`${name} (${model.precision}) is in ${model.directory}\n${files.join("")}`);
}

async function findVariants(
  model: RegisteredModel,
  { environment }: Pick<Terminal, "environment">,
): Promise<readonly ModelPresence[]> {
  const offered = precisions.filter(
    (precision) => model.towers[precision] && publishedPrecision(model, precision) === precision,
  );
  return Promise.all(offered.map((precision) => findModelPresence(model, precision, environment)));
}

function describe(model: RegisteredModel, variants: readonly ModelPresence[]): string {
  const { id, goodFor, licence, family, contextLength, origin } = model;
  const from =
    origin.kind === "hub" ? `${origin.repository} at ${origin.revision.slice(0, 8)}` : "comes with Clipbook";
  const lines = variants.map(
    (variant) =>
      `  ${variant.precision.padEnd(8)} ${describeSize(variant).padStart(11)}  ${presenceWords[variant.presence]}`,
  );
  return [
    `${id}${id === defaultModelId ? " (default)" : ""}: ${goodFor}`,
    `  ${family} family, phrases up to ${contextLength} tokens, licence ${licence}, ${from}`,
    ...lines,
    ...(makesInt8(model) ? ["  int8     made from float32 at its first use"] : []),
    "",
  ].join("\n");
}

function makesInt8(model: RegisteredModel): boolean {
  return publishedPrecision(model, "int8") === "float32";
}

function describeSize({ bytes, isWholeSize }: ModelPresence): string {
  if (bytes === 0) return "size unknown";
  return isWholeSize ? formatBytes(bytes) : `over ${formatBytes(bytes)}`;
}

function describeAsJson(model: RegisteredModel, variants: readonly ModelPresence[]): object {
  const { id, goodFor, licence, family, contextLength, logitScale, logitBias, origin } = model;
  return {
    id,
    isDefault: id === defaultModelId,
    goodFor,
    licence,
    family,
    contextLength,
    logitScale,
    logitBias,
    origin,
    variants,
    ...(makesInt8(model) && { madeHere: ["int8"] }),
  };
}
