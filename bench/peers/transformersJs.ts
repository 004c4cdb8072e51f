import { basename, dirname } from "node:path";
import type { Precision } from "../../src/model/registeredModel.ts";

/** What the benchmark uses of transformers.js: written down here, so that its types are not needed where it is missing. */
export interface TransformersJs {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  readonly RawImage: { read(path: string): Promise<unknown> };
  readonly AutoProcessor: Loader<(image: unknown) => Promise<{ readonly pixel_values: unknown }>>;
  readonly AutoTokenizer: Loader<(texts: readonly string[], options: object) => object>;
  readonly CLIPVisionModelWithProjection: Loader<
    (inputs: object) => Promise<{ readonly image_embeds: PeerTensor }>
  >;
  readonly CLIPTextModelWithProjection: Loader<
    (inputs: object) => Promise<{ readonly text_embeds: PeerTensor }>
  >;
  pipeline(
    task: "zero-shot-image-classification",
    model: string,
    options: object,
  ): Promise<
    (
      image: string,
      labels: readonly string[],
      options: object,
    ) => Promise<readonly { readonly label: string; readonly score: number }[]>
  >;
}

/** A tensor of transformers.js. */
export interface PeerTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

interface Loader<Loaded> {
  from_pretrained(name: string, options?: object): Promise<Loaded>;
}

/** The package's name; in a variable, for TypeScript must not look for it where it is not installed. */
export const transformersJsName: string = "@huggingface/transformers";

/** transformers.js, told to take models from the parent of `folder` and nothing from the network; the model's name. */
export async function loadTransformersJs(
  folder: string,
): Promise<{ readonly library: TransformersJs; readonly name: string }> {
  const library = (await import(transformersJsName)) as TransformersJs;
  library.env.allowRemoteModels = false;
  library.env.localModelPath = dirname(folder);
  return { library, name: basename(folder) };
}

/** What transformers.js calls a precision. */
export function dtypeOf(precision: Precision): "fp32" | "int8" {
  return precision === "float32" ? "fp32" : "int8";
}
