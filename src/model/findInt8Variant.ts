import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Environment } from "./cacheHome.ts";
import { digestFile } from "./digests.ts";
import { isFile } from "./hubCache.ts";
import { readOnnx } from "./onnx/onnxMessage.ts";
import { isSealed, metadataOf } from "./onnx/onnxMetadata.ts";
import { dataDigestKey } from "./onnx/writeInt8.ts";
import { listExternalData } from "./onnxExternalData.ts";
import type { ModelFile } from "./verifyModelFiles.ts";

/** A float32 graph with the files of its weights. */
export interface Float32Graph {
  readonly graph: ModelFile;
  readonly data: readonly ModelFile[];
}

/** Names of an int8 variant's files, and what it is made from. */
export interface VariantNames {
  readonly graph: string;
  readonly data: string;
  /** SHA-256 over the digests of the float32 files and the recipe, hexadecimal. */
  readonly sourceDigest: string;
}

/**
 * Part of every variant's name: raise it when `writeInt8` gives other bytes than before, so that an older variant is
 * not taken for a new one.
 */
const recipe = 2;
/** The key under which a variant's graph tells what it is made from. */
export const sourceDigestKey = "clipbook.int8.source";
/** Digits of the source's digest in the names. */
const shownDigits = 12;
/** A variant's graph holds no weights; larger files are something else. */
const largestGraphBytes = 2 ** 28;

/** Names for the int8 variant of a graph, the same on every machine. */
export function nameVariant({ graph, data }: Float32Graph): VariantNames {
  const hash = createHash("sha256").update(`clipbook int8 recipe ${recipe}\n`);
  for (const { name, sha256 } of [graph, ...data]) hash.update(`${basename(name)} ${sha256}\n`);
  const sourceDigest = hash.digest("hex");
  const stem = basename(graph.name, ".onnx");
  const name = `${stem}.int8-${sourceDigest.slice(0, shownDigits)}.onnx`;
  return { graph: name, data: `${name}_data`, sourceDigest };
}

/**
 * The files of a variant in a folder, the graph first; undefined when it is not there, is damaged, or was made from
 * something else.
 * @param folder as it is to be named in the model, with forward slashes
 */
export async function findInt8Variant(
  directory: string,
  folder: string,
  names: VariantNames,
  source: Float32Graph,
  options: {
    readonly environment: Environment;
    readonly fresh?: boolean | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly ModelFile[] | undefined> {
  const path = join(directory, names.graph);
  if (!(await isFile(path)) || (await stat(path)).size > largestGraphBytes) return undefined;
  // Hardly larger than its digest is to remember, and read when it is opened anyway.
  if (!isSealed(await readFile(path))) return undefined;
  const metadata = metadataOf(await readOnnx(path));
  if (metadata.get(sourceDigestKey) !== names.sourceDigest) return undefined;
  const madeFrom = [source.graph, ...source.data].map(({ name, sha256 }) => ({ name, sha256 }));
  const modelFile = async (name: string): Promise<ModelFile> => {
    const file = join(directory, name);
    const digest = await digestFile(file, options);
    return { name: `${folder}/${name}`, path: file, ...digest, checkedAgainst: "variant", madeFrom };
  };
  const graph = await modelFile(names.graph);
  // A graph so small that it holds its weights itself names no other file.
  if ((await listExternalData(path)).length === 0) return [graph];
  if (!(await isFile(join(directory, names.data)))) return undefined;
  const data = await modelFile(names.data);
  return data.sha256 === metadata.get(dataDigestKey) ? [graph, data] : undefined;
}
