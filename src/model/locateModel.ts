import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { packageRoot } from "../packageRoot.ts";
import type { Environment } from "./cacheHome.ts";
import { type DownloadProgress, downloadModel } from "./downloadModel.ts";
import { cachedRepository } from "./hubCache.ts";
import type { ConnectionOptions } from "./hubConnection.ts";
import {
  findModelFiles,
  hasGraphs,
  type ModelFileNames,
  type TowerNames,
  towerPaths,
} from "./modelFolder.ts";
import { type ModelVariantMaking, quantiseModel } from "./quantiseModel.ts";
import {
  type HubRevision,
  type Precision,
  precisions,
  publishedPrecision,
  type RegisteredModel,
  requiredFiles,
  towerFiles,
} from "./registeredModel.ts";
import { registeredModels } from "./registry.ts";
import { type HubOrigin, type ModelFile, verifyModelFiles } from "./verifyModelFiles.ts";

/** A model on this machine, every file found and its digest checked. */
export interface LocatedModel {
  /** The registry's id or the folder's name. */
  readonly name: string;
  readonly source: HubRevision | undefined;
  readonly directory: string;
  readonly precision: Precision;
  readonly paths: {
    readonly config: string;
    readonly preprocessorConfig: string;
    readonly tokenizer: string;
    readonly tokenizerConfig: string | undefined;
  };
  /** Paths of the graphs. */
  readonly towers: TowerNames;
  /** Every file that matters, external data included. */
  readonly files: readonly ModelFile[];
  /** The registry's entry, also for a folder whose graphs have an entry's digests. */
  readonly registered: RegisteredModel | undefined;
}

/** Settings of `locateModel`. */
export interface LocateOptions extends ConnectionOptions {
  readonly precision?: Precision;
  readonly environment?: Environment;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Called before an int8 variant of a tower is made, which takes seconds. */
  readonly onVariant?: (making: ModelVariantMaking) => void;
  readonly registry?: readonly RegisteredModel[];
  /** Hashes every file even if it was hashed before and has not changed since. */
  readonly fresh?: boolean;
}

/**
 * Finds a model by its registered id, downloading it at its first use, or in a folder of the Hub's ONNX layout. A
 * registered id wins over a folder of the same name; `./demo` is the folder. An int8 model is made from the float32 one
 * where there is one (see `quantiseModel`); only a model without float32 graphs is used in int8 as it was published.
 * @throws UserError for an unknown name, an incomplete folder, a precision that the model lacks, a file with another
 * digest than expected, a download that fails, or an int8 variant that cannot be made
 */
export async function locateModel(
  nameOrDirectory: string,
  options: LocateOptions = {},
): Promise<LocatedModel> {
  try {
    return await findModel(nameOrDirectory, options);
  } catch (error) {
    // Streams and timers that are interrupted throw an error of their own instead of the signal's reason.
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function findModel(nameOrDirectory: string, options: LocateOptions): Promise<LocatedModel> {
  const { precision = "float32", environment = process.env, registry = registeredModels } = options;
  const registered = registry.find(({ id }) => id === nameOrDirectory);
  const model = registered
    ? await locateRegistered(registered, publishedPrecision(registered, precision), environment, options)
    : await locateDirectory(nameOrDirectory, precision, environment, registry, options);
  return model.precision === precision ? model : quantiseModel(model, { ...options, environment });
}

async function locateRegistered(
  model: RegisteredModel,
  precision: Precision,
  environment: Environment,
  options: LocateOptions,
): Promise<LocatedModel> {
  const towers = model.towers[precision];
  if (towers === undefined) {
    throw new UserError(`${model.id} has no ${precision} variant`, {
      hint: `use --precision ${precisions.filter((other) => model.towers[other]).join(" or ")}`,
    });
  }
  const registered = requiredFiles(model, precision);
  const { origin } = model;
  if (origin.kind === "bundled") {
    const directory = join(packageRoot, ...origin.directory.split("/"));
    const names = await findModelFiles(directory, precision, towers);
    const files = await verifyModelFiles(directory, fileNames(names), registered, undefined, {
      ...options,
      environment,
    });
    return located(model.id, directory, precision, names, files, undefined, model);
  }
  const revision: HubRevision = { repository: origin.repository, revision: origin.revision };
  const directory = await downloadModel(model, revision, { ...options, precision, environment });
  const names = await findModelFiles(directory, precision, towers);
  const hub: HubOrigin = { revision, cache: cachedRepository(environment, revision) };
  const files = await verifyModelFiles(directory, fileNames(names), registered, hub, {
    ...options,
    environment,
  });
  return located(model.id, directory, precision, names, files, revision, model);
}

/** A folder's model in a precision, or in float32 where int8 can be made from it. */
async function locateDirectory(
  path: string,
  wanted: Precision,
  environment: Environment,
  registry: readonly RegisteredModel[],
  options: LocateOptions,
): Promise<LocatedModel> {
  await checkDirectory(path, registry);
  const directory = resolve(path);
  // A folder that has neither is told what belongs there, which is float32.
  const isPublished = wanted === "int8" && !(await hasGraphs(directory, "float32"));
  const precision = isPublished && (await hasGraphs(directory, "int8")) ? "int8" : "float32";
  const names = await findModelFiles(directory, precision);
  const files = await verifyModelFiles(directory, fileNames(names), [], undefined, {
    ...options,
    environment,
  });
  const registered = recogniseModel(files, precision, registry);
  const vouched =
    registered === undefined ? files : files.map((file) => vouchedBy(registered, precision, file));
  return located(basename(directory), directory, precision, names, vouched, undefined, registered);
}

/** A file of a copied folder, by what the registry knows of the model. */
function vouchedBy(model: RegisteredModel, precision: Precision, file: ModelFile): ModelFile {
  const isKnown = requiredFiles(model, precision).some(({ sha256 }) => sha256 === file.sha256);
  return isKnown ? { ...file, checkedAgainst: "registry" } : file;
}

/** The registry's entry with the same graphs, digest by digest: a copied folder keeps its logit scale. */
function recogniseModel(
  files: readonly ModelFile[],
  precision: Precision,
  registry: readonly RegisteredModel[],
): RegisteredModel | undefined {
  const digests = new Set(files.map(({ sha256 }) => sha256));
  return registry.find((model) => {
    const towers = towerFiles(model, precision);
    return towers.length > 0 && towers.every(({ sha256 }) => sha256 !== undefined && digests.has(sha256));
  });
}

function located(
  name: string,
  directory: string,
  precision: Precision,
  names: ModelFileNames,
  files: readonly ModelFile[],
  source: HubRevision | undefined,
  registered: RegisteredModel | undefined,
): LocatedModel {
  const path = (file: string) => join(directory, file);
  const { config, preprocessorConfig, tokenizer, tokenizerConfig, towers } = names;
  return {
    name,
    source,
    directory,
    precision,
    paths: {
      config: path(config),
      preprocessorConfig: path(preprocessorConfig),
      tokenizer: path(tokenizer),
      tokenizerConfig: tokenizerConfig && path(tokenizerConfig),
    },
    towers:
      towers.kind === "joint"
        ? { kind: "joint", model: path(towers.model) }
        : { kind: "separate", vision: path(towers.vision), text: path(towers.text) },
    files,
    registered,
  };
}

function fileNames(names: ModelFileNames): readonly string[] {
  const { config, preprocessorConfig, tokenizer, tokenizerConfig, towers, externalData } = names;
  const configuration = [
    config,
    preprocessorConfig,
    tokenizer,
    ...(tokenizerConfig ? [tokenizerConfig] : []),
  ];
  return [...configuration, ...towerPaths(towers), ...externalData];
}

async function checkDirectory(path: string, registry: readonly RegisteredModel[]): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
  } catch (error) {
    if (!isErrorCode(error, "ENOENT", "ENOTDIR")) throw error;
    const ids = registry.map(({ id }) => id).join(", ");
    const same = registry.find(({ origin }) => origin.kind === "hub" && origin.repository === path);
    if (same) throw new UserError(`${path}: there is no such folder`, { hint: `use --model ${same.id}` });
    const isPath = /[/\\]/.test(path);
    throw new UserError(isPath ? `${path}: there is no such folder` : `there is no model "${path}"`, {
      hint: `the registered models are ${ids}, or give a model's folder`,
    });
  }
  throw new UserError(`${path}: this is a file, not a model's folder`, {
    hint: "give the folder that holds config.json and onnx/",
  });
}
