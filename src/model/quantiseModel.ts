import type { Environment } from "./cacheHome.ts";
import { findOrMakeInt8Variant, type VariantMaking } from "./int8Variant.ts";
import type { LocatedModel } from "./locateModel.ts";
import { findExternalData } from "./modelFolder.ts";
import type { ModelFile } from "./verifyModelFiles.ts";

/** An int8 variant that is made, and of which model. */
export interface ModelVariantMaking extends VariantMaking {
  readonly model: string;
}

/** Settings of `quantiseModel`. */
export interface QuantiseOptions {
  readonly environment: Environment;
  readonly fresh?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onVariant?: ((making: ModelVariantMaking) => void) | undefined;
}

/**
 * The int8 model that Clipbook makes from a float32 one: its configuration, and the int8 variant of each graph. What is
 * there already is not made again.
 * @throws UserError as `findOrMakeInt8Variant` does
 */
export async function quantiseModel(model: LocatedModel, options: QuantiseOptions): Promise<LocatedModel> {
  const { environment, fresh, signal, onVariant } = options;
  const fileAt = new Map(model.files.map((file) => [file.path, file]));
  const fileNamed = new Map(model.files.map((file) => [file.name, file]));
  const sources = new Set<string>();
  const made: ModelFile[] = [];
  const variantOf = async (path: string): Promise<string> => {
    const graph = fileAt.get(path) as ModelFile;
    const data = (await findExternalData(model.directory, graph.name)).map(
      (name) => fileNamed.get(name) as ModelFile,
    );
    for (const { name } of [graph, ...data]) sources.add(name);
    const files = await findOrMakeInt8Variant(
      { graph, data },
      {
        environment,
        fresh,
        signal,
        besideSource: model.registered?.origin.kind !== "bundled",
        onMaking: (making) => onVariant?.({ ...making, model: model.name }),
      },
    );
    made.push(...files);
    return (files[0] as ModelFile).path;
  };
  const { towers } = model;
  const int8Towers =
    towers.kind === "joint"
      ? ({ kind: "joint", model: await variantOf(towers.model) } as const)
      : ({
          kind: "separate",
          vision: await variantOf(towers.vision),
          text: await variantOf(towers.text),
        } as const);
  return {
    ...model,
    precision: "int8",
    towers: int8Towers,
    files: [...model.files.filter(({ name }) => !sources.has(name)), ...made],
  };
}
