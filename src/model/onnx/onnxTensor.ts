import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ProtobufReader } from "../protobufReader.ts";
import { externalLocation, onnxFields, tensorTypes } from "./onnxSchema.ts";
import { encodeBytes, encodeNumber, encodeText } from "./protobufWriter.ts";

/** A span of a file. */
export interface FileSpan {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
}

/** A tensor of an ONNX graph; its numbers stay in their file. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** `TensorProto.DataType`. */
  readonly dataType: number;
  /** Where its numbers lie, little-endian; undefined for those in a field of their own type, which `fields` has. */
  readonly span: FileSpan | undefined;
  /** Whether the numbers lie outside the graph's file. */
  readonly isExternal: boolean;
  /** The encoded fields other than the numbers and their place. */
  readonly fields: readonly Buffer[];
}

const wireVarint = 0;
const wireBytes = 2;
const fields = onnxFields.tensor;

/**
 * Reads a tensor up to `end` without its numbers.
 * @param path the graph's file, beside which external data lies
 * @throws RangeError when the bytes are no tensor, or its place in a file makes no sense
 */
export async function readTensor(reader: ProtobufReader, end: number, path: string): Promise<OnnxTensor> {
  const kept: Buffer[] = [];
  const dims: number[] = [];
  const external = new Map<string, string>();
  let [name, dataType, location] = ["", 0, 0];
  let spans: FileSpan[] = [];
  while (reader.position < end) {
    const start = reader.position;
    const { field, wire } = await reader.readTag();
    if (wire !== wireBytes) {
      const value = wire === wireVarint ? await reader.readVarint() : undefined;
      if (value === undefined) await reader.skipValue(wire, end);
      if (field === fields.dims && value !== undefined) dims.push(value);
      if (field === fields.dataType && value !== undefined) dataType = value;
      if (field === fields.dataLocation && value !== undefined) location = value;
      else kept.push(await reread(reader, start));
      continue;
    }
    const valueEnd = await reader.readLength(end);
    if (field === fields.rawData || field === fields.floatData) {
      spans.push({ path, offset: reader.position, bytes: valueEnd - reader.position });
      reader.position = valueEnd;
    } else if (field === fields.externalData) {
      const [key, value] = await readEntry(reader, valueEnd);
      external.set(key, value);
    } else {
      if (field === fields.name) name = await reader.readText(valueEnd);
      else if (field === fields.dims) while (reader.position < valueEnd) dims.push(await reader.readVarint());
      reader.position = valueEnd;
      kept.push(await reread(reader, start));
    }
  }
  const isExternal = location === externalLocation;
  if (isExternal) spans = [externalSpan(name, external, { dims, dataType }, path)];
  if (spans.length > 1) throw new RangeError(`the numbers of the tensor "${name}" lie in pieces`);
  return { name, dims, dataType, span: spans[0], isExternal, fields: kept };
}

/** A tensor whose numbers are in `content`. */
export function encodeInlineTensor(
  tensor: Pick<OnnxTensor, "fields">,
  content: Uint8Array | undefined,
): Buffer {
  return Buffer.concat([
    ...tensor.fields,
    ...(content === undefined ? [] : [encodeBytes(fields.rawData, content)]),
  ]);
}

/** A tensor whose numbers lie in a file beside the graph. @param location the file's name */
export function encodeExternalTensor(
  { fields: kept }: Pick<OnnxTensor, "fields">,
  location: string,
  { offset, bytes }: Pick<FileSpan, "offset" | "bytes">,
): Buffer {
  const entry = (key: string, value: string) =>
    encodeBytes(fields.externalData, Buffer.concat([encodeText(1, key), encodeText(2, value)]));
  return Buffer.concat([
    ...kept,
    entry("location", location),
    entry("offset", String(offset)),
    entry("length", String(bytes)),
    encodeNumber(fields.dataLocation, externalLocation),
  ]);
}

/** The fields that tell a new tensor's name, type and shape. */
export function tensorFields(name: string, dataType: number, dims: readonly number[]): readonly Buffer[] {
  return [
    ...dims.map((dim) => encodeNumber(fields.dims, dim)),
    encodeNumber(fields.dataType, dataType),
    encodeText(fields.name, name),
  ];
}

/** Fills a block with a tensor's numbers. @throws RangeError when the file ends before */
export async function readFully(
  file: FileHandle,
  block: Uint8Array,
  position: number,
  name: string,
): Promise<void> {
  for (let done = 0; done < block.length; ) {
    const { bytesRead } = await file.read(block, done, block.length - done, position + done);
    if (bytesRead === 0) {
      throw new RangeError(`the file with "${name}" ends ${block.length - done} bytes or more too early`);
    }
    done += bytesRead;
  }
}

async function reread(reader: ProtobufReader, start: number): Promise<Buffer> {
  const end = reader.position;
  reader.position = start;
  return reader.readBytes(end);
}

async function readEntry(reader: ProtobufReader, end: number): Promise<readonly [string, string]> {
  const texts = new Map<number, string>();
  while (reader.position < end) {
    const { field, wire } = await reader.readTag();
    if (wire !== wireBytes) throw new RangeError("an external data entry that is no text");
    texts.set(field, await reader.readText(await reader.readLength(end)));
  }
  return [texts.get(1) ?? "", texts.get(2) ?? ""];
}

function externalSpan(
  name: string,
  entries: ReadonlyMap<string, string>,
  { dims, dataType }: Pick<OnnxTensor, "dims" | "dataType">,
  path: string,
): FileSpan {
  const location = entries.get("location");
  const whole = (key: string): number | undefined => {
    const text = entries.get(key);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
      throw new RangeError(`the tensor "${name}" has the ${key} ${JSON.stringify(text)}`);
    }
    return Number(text);
  };
  const bytes = whole("length") ?? sizeInBytes(dims, dataType);
  if (location === undefined || bytes === undefined) {
    throw new RangeError(`nothing tells where the numbers of the tensor "${name}" lie`);
  }
  return { path: join(dirname(path), location), offset: whole("offset") ?? 0, bytes };
}

const bytesByType: Readonly<Record<number, number>> = {
  [tensorTypes.float32]: 4,
  [tensorTypes.int8]: 1,
  [tensorTypes.int32]: 4,
  [tensorTypes.int64]: 8,
  [tensorTypes.float16]: 2,
  [tensorTypes.bfloat16]: 2,
};

function sizeInBytes(dims: readonly number[], dataType: number): number | undefined {
  const size = bytesByType[dataType];
  return size && dims.reduce((product, dim) => product * dim, size);
}
