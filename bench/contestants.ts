import { join } from "node:path";
import type { Precision } from "../src/model/registeredModel.ts";

/** Someone who takes turns: a program of its own that prints one line of JSON, `TurnAnswer`. */
export interface Contestant {
  readonly key: string;
  readonly title: string;
  readonly precision: Precision;
  /** Script to run, relative to this folder. */
  readonly script: string;
  /** Pictures in one turn: enough for some seconds where a processor has two cores. */
  readonly pictures: { readonly full: number; readonly quick: number };
  /** Which model folder it wants, and what has to be installed. */
  readonly needs: "clipbook" | "transformers.js" | "python";
}

/** All contestants, in the order of their turns and of the table: what is compared most closely has turns side by side. */
export const contestants: readonly Contestant[] = [
  ...ofClipbook("float32", { tower: 160, pipeline: 320 }),
  {
    key: "decode",
    title: "decoding and view alone",
    precision: "float32",
    script: "turns/decode.ts",
    needs: "clipbook",
    pictures: { full: 480, quick: 48 },
  },
  ...ofClipbook("int8", { tower: 320, pipeline: 640 }),
  ...ofTransformersJs("float32", { towers: 64, pipeline: 24 }),
  ...ofTransformersJs("int8", { towers: 96, pipeline: 24 }),
  {
    key: "python-notebook",
    title: "notebook's algorithm, PyTorch, float32",
    precision: "float32",
    script: "peers/notebook.py",
    needs: "python",
    pictures: { full: 24, quick: 4 },
  },
  {
    key: "python-pipeline",
    title: "transformers (Python), zero-shot pipeline, float32",
    precision: "float32",
    script: "peers/zero_shot_pipeline.py",
    needs: "python",
    pictures: { full: 24, quick: 4 },
  },
];

function ofClipbook(
  precision: Precision,
  pictures: { readonly tower: number; readonly pipeline: number },
): readonly Contestant[] {
  const shared = { precision, needs: "clipbook" } as const;
  return [
    {
      ...shared,
      key: `tower-${precision}`,
      title: `image tower alone, ONNX Runtime, ${precision}`,
      script: "turns/onnxRuntimeTower.ts",
      pictures: { full: pictures.tower, quick: 16 },
    },
    {
      ...shared,
      key: `lanes-${precision}`,
      title: `image tower alone, as Clipbook runs it, ${precision}`,
      script: "turns/clipbookTower.ts",
      pictures: { full: pictures.tower, quick: 16 },
    },
    {
      ...shared,
      key: `pipeline-${precision}`,
      title: `clipbook classify, ${precision}`,
      script: "turns/pipeline.ts",
      // Seven tenths of them are timed.
      pictures: { full: pictures.pipeline, quick: 96 },
    },
  ];
}

function ofTransformersJs(
  precision: Precision,
  pictures: { readonly towers: number; readonly pipeline: number },
): readonly Contestant[] {
  const shared = { precision, needs: "transformers.js" } as const;
  return [
    {
      ...shared,
      key: `transformersjs-towers-${precision}`,
      title: `transformers.js, separate towers, ${precision}`,
      script: "peers/separateTowers.ts",
      pictures: { full: pictures.towers, quick: 8 },
    },
    {
      ...shared,
      key: `transformersjs-pipeline-${precision}`,
      title: `transformers.js, zero-shot pipeline, ${precision}`,
      script: "peers/zeroShotPipeline.ts",
      pictures: { full: pictures.pipeline, quick: 4 },
    },
  ];
}

/** Where contestants find what they need. */
export interface ContestFolders {
  /** For Clipbook: a folder or a registered name. */
  readonly model: string;
  /** The model laid out for transformers.js. */
  readonly peerModel: string;
  /** The model's own folder, for Python. */
  readonly modelFolder: string;
  readonly pictures: string;
  readonly python: string;
}

/** The command of one turn: program and arguments. */
export function turnCommand(
  contestant: Contestant,
  count: number,
  folders: ContestFolders,
): readonly [program: string, args: readonly string[]] {
  const { needs, precision, script } = contestant;
  const model = {
    clipbook: folders.model,
    "transformers.js": folders.peerModel,
    python: folders.modelFolder,
  }[needs];
  const codebook = join(import.meta.dirname, "codebook.json");
  return [
    needs === "python" ? folders.python : process.execPath,
    [
      ...[join(import.meta.dirname, script), "--model", model, "--precision", precision],
      ...["--images", folders.pictures, "--codebook", codebook, "--count", String(count)],
    ],
  ];
}
