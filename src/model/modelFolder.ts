import { realpath } from "node:fs/promises";
import { dirname, join, posix, sep } from "node:path";
import { UserError } from "../errors.ts";
import { isFile } from "./hubCache.ts";
import { listExternalData } from "./onnxExternalData.ts";
import type { Precision, RegisteredTowers } from "./registeredModel.ts";

/** A model's graphs by name in its folder. */
export type TowerNames =
  | { readonly kind: "separate"; readonly vision: string; readonly text: string }
  | { readonly kind: "joint"; readonly model: string };

/** Every file that matters in a model's folder, by name with forward slashes. */
export interface ModelFileNames {
  readonly config: string;
  readonly preprocessorConfig: string;
  readonly tokenizer: string;
  readonly tokenizerConfig: string | undefined;
  readonly towers: TowerNames;
  /** Weights outside the graphs. */
  readonly externalData: readonly string[];
}

// The names that exports in the Hub's ONNX layout use, the most common first.
const suffixes: Readonly<Record<Precision, readonly string[]>> = {
  float32: [".onnx"],
  int8: ["_quantized.onnx", "_int8.onnx"],
};
const requiredNames = ["config.json", "preprocessor_config.json", "tokenizer.json"] as const;
const tokenizerConfig = "tokenizer_config.json";
const layoutHint =
  "a model folder holds config.json, preprocessor_config.json, tokenizer.json and onnx/ with vision_model.onnx and " +
  "text_model.onnx, or one model.onnx";

/** Whether a folder holds the graphs of a precision under their usual names. */
export async function hasGraphs(directory: string, precision: Precision): Promise<boolean> {
  return (await findTowers(directory, precision, [])) !== undefined;
}

/**
 * Finds a model's files in a folder of the Hub's ONNX layout; `towers` names its graphs where they are known, else
 * the layout's usual names are looked for.
 * @throws UserError that names every missing file, or for external data outside the folder
 */
export async function findModelFiles(
  directory: string,
  precision: Precision,
  towers?: RegisteredTowers,
): Promise<ModelFileNames> {
  const missing: string[] = [];
  for (const name of requiredNames) if (!(await isFile(join(directory, name)))) missing.push(name);
  const found = towers ? registeredTowerNames(towers) : await findTowers(directory, precision, missing);
  const graphs = found === undefined ? [] : towerPaths(found);
  const externalData = new Set<string>();
  for (const graph of graphs) {
    if (!(await isFile(join(directory, graph)))) missing.push(graph);
    else for (const name of await findExternalData(directory, graph)) externalData.add(name);
  }
  for (const name of externalData) if (!(await isFile(join(directory, name)))) missing.push(name);
  if (found === undefined || missing.length > 0) throw incompleteFolder(directory, missing);
  return {
    config: "config.json",
    preprocessorConfig: "preprocessor_config.json",
    tokenizer: "tokenizer.json",
    tokenizerConfig: (await isFile(join(directory, tokenizerConfig))) ? tokenizerConfig : undefined,
    towers: found,
    externalData: [...externalData],
  };
}

/** The graphs of a model by name, one or two. */
export function towerPaths(towers: TowerNames): readonly string[] {
  return towers.kind === "joint" ? [towers.model] : [towers.vision, towers.text];
}

/**
 * The external data of one graph, by name in the model's folder, whether or not it is there.
 * @throws UserError when the graph is not whole or names a file outside its own folder
 */
export async function findExternalData(directory: string, graph: string): Promise<readonly string[]> {
  const path = join(directory, graph);
  const names: string[] = [];
  for (const location of await listExternalData(path)) {
    const name = posix.normalize(posix.join(posix.dirname(graph), location));
    const isInside = name.startsWith(`${posix.dirname(graph)}/`) && !/^[/\\]|^[A-Za-z]:|\\|\0/.test(location);
    if (!isInside || !(await isBesideGraph(join(directory, name), path))) {
      throw new UserError(
        `${path}: its weights lie outside the model's folder (${JSON.stringify(location)})`,
        {
          hint: "do not use this model unless you trust it; put the weights beside the graph",
        },
      );
    }
    names.push(name);
  }
  return names;
}

/** ONNX Runtime's own rule: in the graph's folder, or, as in the Hub cache, beside the file that a link leads to. */
async function isBesideGraph(path: string, graph: string): Promise<boolean> {
  if (!(await isFile(path))) return true;
  const real = await realpath(path);
  const allowed = [await realpath(dirname(graph)), dirname(await realpath(graph))];
  return allowed.some((folder) => real.startsWith(folder + sep));
}

function registeredTowerNames(towers: RegisteredTowers): TowerNames {
  return towers.kind === "joint"
    ? { kind: "joint", model: towers.model.path }
    : { kind: "separate", vision: towers.vision.path, text: towers.text.path };
}

async function findTowers(
  directory: string,
  precision: Precision,
  missing: string[],
): Promise<TowerNames | undefined> {
  const first = async (stem: string) => {
    for (const suffix of suffixes[precision]) {
      if (await isFile(join(directory, "onnx", stem + suffix))) return `onnx/${stem}${suffix}`;
    }
    return undefined;
  };
  const [vision, text, model] = [
    await first("vision_model"),
    await first("text_model"),
    await first("model"),
  ];
  if (vision !== undefined && text !== undefined) return { kind: "separate", vision, text };
  if (model !== undefined) return { kind: "joint", model };
  if (vision === undefined) missing.push(usualNames("vision_model", precision));
  if (text === undefined) missing.push(usualNames("text_model", precision));
  return undefined;
}

function usualNames(stem: string, precision: Precision): string {
  return suffixes[precision].map((suffix) => `onnx/${stem}${suffix}`).join(" or ");
}

function incompleteFolder(directory: string, missing: readonly string[]): UserError {
  return new UserError(`${directory}: the model's folder lacks ${missing.join(", ")}`, { hint: layoutHint });
}
