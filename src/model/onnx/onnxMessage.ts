import { open } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { ProtobufReader } from "../protobufReader.ts";
import { deepestMessage, type OnnxMessageKind, submessages } from "./onnxSchema.ts";
import { type OnnxTensor, readTensor } from "./onnxTensor.ts";
import { encodeBytes } from "./protobufWriter.ts";

/** A message of ONNX as its fields in order, unknown ones too, so that it can be written again. */
export type OnnxMessage = readonly OnnxField[];

/** One field of a message: a number, bytes or text, another message, or a tensor without its numbers. */
export type OnnxField =
  | { readonly field: number; readonly value: number; readonly encoded: Buffer }
  | { readonly field: number; readonly bytes: Buffer }
  | { readonly field: number; readonly message: OnnxMessage }
  | { readonly field: number; readonly tensor: OnnxTensor };

const wireVarint = 0;
const wireBytes = 2;

/**
 * Reads an ONNX file but for its weights, which stay on the disk.
 * @throws UserError when the file is not a whole ONNX graph
 */
export async function readOnnx(path: string): Promise<OnnxMessage> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return await readMessage(new ProtobufReader(file, size), "model", size, path, 0);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UserError(`${path}: this is not a whole ONNX graph: ${cause.message}`, {
      hint: "the file is damaged or its copy was cut short: copy or download it again",
      cause,
    });
  } finally {
    await file.close();
  }
}

/** Writes a message. @param encodeTensor gives a tensor's encoded fields; called in the tensors' order */
export async function encodeMessage(
  message: OnnxMessage,
  encodeTensor: (tensor: OnnxTensor) => Promise<Buffer>,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const field of message) {
    if ("encoded" in field) parts.push(field.encoded);
    else if ("bytes" in field) parts.push(encodeBytes(field.field, field.bytes));
    else if ("tensor" in field) parts.push(encodeBytes(field.field, await encodeTensor(field.tensor)));
    else parts.push(encodeBytes(field.field, await encodeMessage(field.message, encodeTensor)));
  }
  return Buffer.concat(parts);
}

/** The texts of a repeated field. */
export function textsOf(message: OnnxMessage, field: number): readonly string[] {
  return message.flatMap((part) =>
    part.field === field && "bytes" in part ? [part.bytes.toString("utf8")] : [],
  );
}

/** The number in a field; of a field that comes twice the last counts (Protocol Buffers, "Last One Wins"). */
export function maybeNumberOf(message: OnnxMessage, field: number): number | undefined {
  return message.flatMap((part) => (part.field === field && "value" in part ? [part.value] : [])).at(-1);
}

/** The messages of a repeated field. */
export function messagesOf(message: OnnxMessage, field: number): readonly OnnxMessage[] {
  return message.flatMap((part) => (part.field === field && "message" in part ? [part.message] : []));
}

async function readMessage(
  reader: ProtobufReader,
  kind: OnnxMessageKind,
  end: number,
  path: string,
  depth: number,
): Promise<OnnxMessage> {
  if (depth > deepestMessage) throw new RangeError(`messages nested more than ${deepestMessage} deep`);
  const fields: OnnxField[] = [];
  while (reader.position < end) {
    const start = reader.position;
    const { field, wire } = await reader.readTag();
    if (wire === wireBytes) {
      const valueEnd = await reader.readLength(end);
      const inner = submessages[kind][field];
      if (inner === undefined) fields.push({ field, bytes: await reader.readBytes(valueEnd) });
      else if (inner === "tensor") fields.push({ field, tensor: await readTensor(reader, valueEnd, path) });
      else fields.push({ field, message: await readMessage(reader, inner, valueEnd, path, depth + 1) });
      reader.position = valueEnd;
      continue;
    }
    let value = Number.NaN;
    if (wire === wireVarint) value = await reader.readVarint();
    else await reader.skipValue(wire, end);
    const valueEnd = reader.position;
    reader.position = start;
    fields.push({ field, value, encoded: await reader.readBytes(valueEnd) });
  }
  return fields;
}
