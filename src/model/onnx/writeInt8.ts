import { open } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { type ExternalDataWriter, openExternalDataWriter, readSpan } from "./externalDataWriter.ts";
import { onnxGraph } from "./onnxGraph.ts";
import {
  encodeMessage,
  maybeNumberOf,
  messagesOf,
  type OnnxMessage,
  readOnnx,
  textsOf,
} from "./onnxMessage.ts";
import { encodeMetadata, sealModel } from "./onnxMetadata.ts";
import { onnxFields, tensorTypes } from "./onnxSchema.ts";
import {
  encodeExternalTensor,
  encodeInlineTensor,
  type FileSpan,
  type OnnxTensor,
  tensorFields,
} from "./onnxTensor.ts";
import { type Int8Plan, planInt8 } from "./planInt8.ts";
import { encodeNumber } from "./protobufWriter.ts";
import { quantiseMatrix } from "./quantiseMatrix.ts";
import { leastExternalBytes, nameWeights, rewriteGraph } from "./rewriteGraph.ts";

/** What to write, and where. */
export interface Int8Target {
  /** The new graph's file, which must not be there yet. */
  readonly graph: string;
  /** The file of its weights, which must not be there yet. */
  readonly data: string;
  /** What the graph calls the file of its weights. */
  readonly dataName: string;
  /** Texts by name for the graph's `metadata_props`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Called when the file of weights could be made and the graph can be quantised, before the work begins. */
  readonly onStart?: () => void;
}

/** The key under which the graph tells the SHA-256 of its weights' file. */
export const dataDigestKey = "clipbook.int8.data";

// DynamicQuantizeLinear came with operator set 11, MatMulInteger with 10 (ONNX's changelog of operators).
const leastOperatorSet = 11;
// Initializers that are no inputs came with IR version 4 (ONNX's IR specification).
const leastIrVersion = 4;

/**
 * Writes a float32 graph again with its products by constant matrices in int8 (see `planInt8`); everything else stays
 * float32. Weights go through memory one at a time. The same graph gives the same bytes everywhere.
 * @returns bytes of the weights' file; 0 for a graph so small that it holds them itself
 * @throws UserError when the graph is damaged, too old, or has nothing to quantise
 */
export async function writeInt8(source: string, target: Int8Target): Promise<number> {
  const model = await readOnnx(source);
  const data = await openExternalDataWriter(target.data);
  let sealed: Buffer;
  try {
    const encoded = await encodeInt8Model(model, source, data, target);
    sealed = sealModel(Buffer.concat([encoded, encodeMetadata(dataDigestKey, await data.finish())]));
  } catch (error) {
    await data.abandon();
    // V8 has the same class for a matrix that does not fit into memory.
    if (!(error instanceof RangeError) || /allocation failed/i.test(error.message)) throw error;
    throw new UserError(`${source}: no int8 variant can be made: ${error.message}`, {
      hint: "the model's files are damaged or do not belong together: download or copy them again",
      cause: error,
    });
  }
  const file = await open(target.graph, "wx");
  try {
    await file.writeFile(sealed);
    await file.sync();
  } finally {
    await file.close();
  }
  return data.bytes();
}

async function encodeInt8Model(
  model: OnnxMessage,
  source: string,
  data: ExternalDataWriter,
  { dataName, metadata, signal, onStart }: Int8Target,
): Promise<Buffer> {
  const graph = onnxGraph(model);
  const plan = planInt8(graph);
  requirePossible(model, plan, source);
  onStart?.();
  const naming = nameWeights(graph, plan);
  const place = async (tensor: Pick<OnnxTensor, "fields">, numbers: Int8Array | Float32Array) => {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    if (bytes.length < leastExternalBytes) return encodeInlineTensor(tensor, bytes);
    return encodeExternalTensor(tensor, dataName, await data.append([bytes]));
  };
  const added: Buffer[] = [];
  for (const [{ constant, rows, columns, transposed }, names] of naming.names) {
    const { tensor, storedName: name } = constant;
    const matrix = { name, span: tensor.span as FileSpan, rows, columns, transposed };
    const { values, scales } = await quantiseMatrix(matrix, signal);
    const fields = tensorFields(names.values, tensorTypes.int8, [rows, columns]);
    added.push(await place({ fields }, values));
    added.push(await place({ fields: tensorFields(names.scales, tensorTypes.float32, [columns]) }, scales));
  }
  const written: OnnxMessage = model.map((part) => {
    if (part.field === onnxFields.model.irVersion && "value" in part) {
      const value = Math.max(part.value, leastIrVersion);
      return { ...part, encoded: encodeNumber(part.field, value) };
    }
    const isGraph = part.field === onnxFields.model.graph && "message" in part;
    return isGraph ? { ...part, message: rewriteGraph(part.message, graph, plan, naming, added) } : part;
  });
  const outermost = new Set(written.flatMap((part) => ("message" in part ? tensorsIn(part.message) : [])));
  const encoded = await encodeMessage(written, async (tensor) => {
    const { span } = tensor;
    if (span === undefined) return encodeInlineTensor(tensor, undefined);
    // ONNX Runtime wants what lies inside of nodes inside, as far as it was.
    if (tensor.isExternal || (outermost.has(tensor) && span.bytes >= leastExternalBytes)) {
      return encodeExternalTensor(
        tensor,
        dataName,
        await data.append(readSpan({ name: tensor.name, span }, signal)),
      );
    }
    return encodeInlineTensor(tensor, Buffer.concat(await Array.fromAsync(readSpan({ ...tensor, span }))));
  });
  const entries = Object.entries(metadata).map(([key, value]) => encodeMetadata(key, value));
  return Buffer.concat([encoded, ...entries]);
}

function requirePossible(model: OnnxMessage, { products, otherTypes }: Int8Plan, source: string): void {
  const { operatorSet } = onnxFields;
  const version = messagesOf(model, onnxFields.model.operatorSet)
    .filter((set) => ["", "ai.onnx"].includes(textsOf(set, operatorSet.domain).at(-1) ?? ""))
    .map((set) => maybeNumberOf(set, operatorSet.version) ?? 0)
    .at(-1);
  if (version === undefined || version < leastOperatorSet) {
    throw new UserError(
      `${source}: no int8 variant can be made: the graph uses operator set ${version ?? "unknown"}`,
      { hint: `export the model with operator set ${leastOperatorSet} or newer, or use --precision float32` },
    );
  }
  if (products.size > 0) return;
  const why =
    otherTypes > 0 ? "its weights are not float32" : "it has no MatMul or Gemm with constant float32 weights";
  throw new UserError(`${source}: no int8 variant can be made: ${why}`, {
    hint: otherTypes > 0 ? "use the model's float32 files" : "use --precision float32",
  });
}

function tensorsIn(message: OnnxMessage): readonly OnnxTensor[] {
  return message.flatMap((part) => ("tensor" in part ? [part.tensor] : []));
}
