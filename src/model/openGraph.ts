import { env, InferenceSession, Tensor } from "onnxruntime-node";
import { UserError } from "../errors.ts";
import { int8Saturates } from "./int8Saturates.ts";
import { normalisePixels, type PixelNormalisation } from "./pixelValues.ts";

/** What a tower gives for one batch: embeddings `[n, dim]`, not normalised. */
export interface TowerOutput {
  readonly embeddings: Float32Array;
  readonly dim: number;
  /** A joint graph's other outputs by name, where texts were asked for: they tell its logit scale. */
  readonly others: ReadonlyMap<string, Float32Array>;
}

/** What a tower embeds. */
export type Side = "image" | "text";

/** What published models call their embeddings: CLIP the first name, SigLIP the second. */
const outputNames: Readonly<Record<Side, readonly string[]>> = {
  image: ["image_embeds", "pooler_output"],
  text: ["text_embeds", "pooler_output"],
};

const longestMessage = 400;

/** One ONNX graph, open in ONNX Runtime. */
export interface Graph {
  /**
   * Runs a batch, after those that were asked for before it; the feeds that the graph does not take are left out. The
   * embeddings are those of `side`.
   */
  run(feeds: TowerFeeds, side: Side): Promise<TowerOutput>;
  close(): Promise<void>;
}

/** A tensor for a tower, or the square views that it is made from. */
export type TowerFeed =
  | { readonly dims: readonly number[]; readonly values: Float32Array }
  | { readonly dims: readonly number[]; readonly values: BigInt64Array }
  | { readonly views: readonly Uint8Array[]; readonly normalisation: PixelNormalisation };

/** A graph's inputs by name. */
export type TowerFeeds = Readonly<Record<string, TowerFeed>>;

/**
 * Opens an ONNX graph that embeds one side, or both where the two towers come in one graph, in this thread: ONNX Runtime
 * for Node computes without giving way to anything else in it.
 * @param isInt8 whether it has products in int8, which not every processor computes rightly by its fastest way
 * @throws UserError when ONNX Runtime cannot read the graph, or it lacks the output of a side
 */
export async function openGraph(
  path: string,
  sides: readonly Side[],
  threads: number,
  isInt8 = false,
): Promise<Graph> {
  // ONNX Runtime's slower way is right everywhere; asked for on processors that do not need it, it would still be taken.
  const needsExactWay = isInt8 && (await int8Saturates());
  // Errors come as exceptions; what it writes by itself has colours, paths and times that nobody asked for.
  env.logLevel = "fatal";
  const session = await InferenceSession.create(path, {
    intraOpNumThreads: threads,
    graphOptimizationLevel: "all",
    executionProviders: ["cpu"],
    // A thread that waits for its siblings must leave its processor to those that decode pictures.
    extra: {
      session: {
        intra_op: { allow_spinning: "0" },
        ...(needsExactWay && { x64quantprecision: "1" }),
      },
    },
  }).catch((cause) => {
    throw new UserError(`${path}: ONNX Runtime cannot open this graph: ${firstLine(cause)}`, {
      hint: "check that the file is whole and that its external data lies beside it",
      cause,
    });
  });
  const outputOf = (side: Side) => outputNames[side].find((name) => session.outputNames.includes(name));
  const lacking = sides.find((side) => outputOf(side) === undefined);
  if (lacking !== undefined) {
    await session.release();
    throw new UserError(
      `${path}: the graph has no output ${outputNames[lacking].join(" or ")} (it has ${session.outputNames.join(", ")})`,
      { hint: "export the model with its projection, as in the Hub's ONNX layout" },
    );
  }
  // Batch after batch goes through the same memory: V8 would collect a new piece for each of them late.
  let room: Float32Array = new Float32Array();
  const toTensor = (feed: TowerFeed): Tensor => {
    if ("views" in feed) {
      const { dims, values } = normalisePixels(feed.views, feed.normalisation, room);
      if (values.length > room.length) room = values;
      return new Tensor("float32", values, dims);
    }
    const { dims, values } = feed;
    return values instanceof Float32Array
      ? new Tensor("float32", values, dims)
      : new Tensor("int64", values, dims);
  };
  const run = async (feeds: TowerFeeds, side: Side): Promise<TowerOutput> => {
    const outputName = outputOf(side) as string;
    const tensors: Record<string, Tensor> = {};
    for (const name of session.inputNames) {
      const feed = feeds[name];
      if (feed === undefined) {
        throw new UserError(`${path}: the graph wants an input "${name}" that Clipbook does not know`, {
          hint: "Clipbook feeds pixel_values, input_ids, attention_mask and position_ids",
        });
      }
      tensors[name] = toTensor(feed);
    }
    // Exports also have what lies before the projection, which can be more than all their inputs: it stays where it is.
    const wanted = sides.length > 1 && side === "text" ? session.outputNames : [outputName];
    const answers = await session.run(tensors, wanted).catch((cause) => {
      throw new UserError(`${path}: the graph cannot be run: ${firstLine(cause)}`, {
        hint: "the model's files are damaged or do not belong together: download or copy them again",
        cause,
      });
    });
    const answer = answers[outputName] as Tensor;
    const dim = answer.dims.at(-1) as number;
    if (answer.dims.length !== 2 || !(answer.data instanceof Float32Array)) {
      throw new UserError(
        `${path}: "${outputName}" is ${answer.type} [${answer.dims}], not float32 [n, dim]`,
        {
          hint: "use a variant of the model with float32 outputs",
        },
      );
    }
    const others = new Map<string, Float32Array>();
    for (const [name, tensor] of Object.entries(answers)) {
      if (name !== outputName && tensor.data instanceof Float32Array) others.set(name, tensor.data);
    }
    return { embeddings: answer.data, dim, others };
  };
  let before: Promise<unknown> = Promise.resolve();
  return {
    run: (feeds, side) => {
      const answered = before.then(() => run(feeds, side));
      // Its own caller hears of a failure.
      before = answered.catch(() => undefined);
      return answered;
    },
    // What was asked for is computed first: a graph that is closed in the middle of a batch would fail it.
    close: () => before.then(() => session.release()),
  };
}

/** A message of ONNX Runtime, which quotes names from the graph as they are, however long. */
function firstLine(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] as string;
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}...` : line;
}
