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

/** Pictures in a turn with `--quick`: one batch. */
const quickPictures = 16;

/** All contestants, in the order of the table. */
export const contestants: readonly Contestant[] = [
  ...both("tower", "image tower alone, ONNX Runtime", "turns/onnxRuntimeTower.ts", "clipbook", {
    float32: 160,
    int8: 320,
  }),
  ...both("lanes", "image tower alone, as Clipbook runs it", "turns/clipbookTower.ts", "clipbook", {
    float32: 160,
    int8: 320,
  }),
  {
    key: "decode",
    title: "decoding and view alone",
    precision: "float32",
    script: "turns/decode.ts",
    pictures: { full: 480, quick: 48 },
    needs: "clipbook",
  },
  ...both("pipeline", "clipbook classify", "turns/pipeline.ts", "clipbook", { float32: 240, int8: 480 }),
  ...both(
    "transformersjs-towers",
    "transformers.js, separate towers",
    "peers/separateTowers.ts",
    "transformers.js",
    {
      float32: 64,
      int8: 96,
    },
  ),
  ...both(
    "transformersjs-pipeline",
    "transformers.js, zero-shot pipeline",
    "peers/zeroShotPipeline.ts",
    "transformers.js",
    {
      float32: 24,
      int8: 24,
    },
  ),
  ...python("python-notebook", "notebook's algorithm, PyTorch", "peers/notebook.py"),
  ...python("python-pipeline", "transformers (Python), zero-shot pipeline", "peers/zero_shot_pipeline.py"),
];

function both(
  key: string,
  title: string,
  script: string,
  needs: Contestant["needs"],
  full: Readonly<Record<Precision, number>>,
): readonly Contestant[] {
  return (["float32", "int8"] as const).map((precision) => ({
    key: `${key}-${precision}`,
    title: `${title}, ${precision}`,
    precision,
    script,
    pictures: { full: full[precision], quick: quickPictures },
    needs,
  }));
}

function python(key: string, title: string, script: string): readonly Contestant[] {
  return [{ key, title, precision: "float32", script, pictures: { full: 24, quick: 4 }, needs: "python" }];
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
