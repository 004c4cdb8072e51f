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

/** All contestants, in the order of the table. */
export const contestants: readonly Contestant[] = [
  ...both({
    key: "tower",
    title: "image tower alone, ONNX Runtime",
    script: "turns/onnxRuntimeTower.ts",
    needs: "clipbook",
    pictures: { float32: 160, int8: 320, quick: 16 },
  }),
  ...both({
    key: "lanes",
    title: "image tower alone, as Clipbook runs it",
    script: "turns/clipbookTower.ts",
    needs: "clipbook",
    pictures: { float32: 160, int8: 320, quick: 16 },
  }),
  {
    key: "decode",
    title: "decoding and view alone",
    precision: "float32",
    script: "turns/decode.ts",
    needs: "clipbook",
    pictures: { full: 480, quick: 48 },
  },
  ...both({
    key: "pipeline",
    title: "clipbook classify",
    script: "turns/pipeline.ts",
    needs: "clipbook",
    // Seven tenths of them are timed.
    pictures: { float32: 320, int8: 640, quick: 96 },
  }),
  ...both({
    key: "transformersjs-towers",
    title: "transformers.js, separate towers",
    script: "peers/separateTowers.ts",
    needs: "transformers.js",
    pictures: { float32: 64, int8: 96, quick: 8 },
  }),
  ...both({
    key: "transformersjs-pipeline",
    title: "transformers.js, zero-shot pipeline",
    script: "peers/zeroShotPipeline.ts",
    needs: "transformers.js",
    pictures: { float32: 24, int8: 24, quick: 4 },
  }),
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

function both({
  key,
  title,
  pictures,
  ...rest
}: Pick<Contestant, "key" | "title" | "script" | "needs"> & {
  readonly pictures: Readonly<Record<Precision | "quick", number>>;
}): readonly Contestant[] {
  return (["float32", "int8"] as const).map((precision) => ({
    ...rest,
    key: `${key}-${precision}`,
    title: `${title}, ${precision}`,
    precision,
    pictures: { full: pictures[precision], quick: pictures.quick },
  }));
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
