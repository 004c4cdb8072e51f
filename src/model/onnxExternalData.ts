import { open } from "node:fs/promises";
import { UserError } from "../errors.ts";
import {
  deepestMessage,
  externalLocation,
  type OnnxMessageKind,
  onnxFields,
  submessages,
} from "./onnx/onnxSchema.ts";
import { ProtobufReader } from "./protobufReader.ts";

const { externalData: tensorExternalData, dataLocation: tensorDataLocation } = onnxFields.tensor;
const wireVarint = 0;
const wireBytes = 2;
// Linux's PATH_MAX.
const longestLocation = 4096;

/**
 * The files that an ONNX graph keeps its weights in, as written in the graph: paths relative to the graph's own
 * folder, each once, in order of first use; empty for a graph that holds its weights itself. Weights are not read.
 * @throws UserError when the file is not a whole ONNX graph
 */
export async function listExternalData(path: string): Promise<readonly string[]> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    refuseOtherContent(path, await firstText(file));
    const reader = new ProtobufReader(file, size);
    const locations = new Set<string>();
    try {
      await collectLocations(reader, "model", size, locations, 0);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new UserError(`${path}: this is not a whole ONNX graph: ${cause.message}`, {
        hint: "the file is damaged or its copy was cut short: copy or download it again",
        cause,
      });
    }
    return [...locations];
  } finally {
    await file.close();
  }
}

async function collectLocations(
  reader: ProtobufReader,
  message: OnnxMessageKind,
  end: number,
  locations: Set<string>,
  depth: number,
): Promise<void> {
  if (depth > deepestMessage) throw new RangeError(`messages nested more than ${deepestMessage} deep`);
  let location: string | undefined;
  let isExternal = false;
  while (reader.position < end) {
    const { field, wire } = await reader.readTag();
    if (message === "tensor" && field === tensorDataLocation && wire === wireVarint) {
      isExternal = (await reader.readVarint()) === externalLocation;
    } else if (wire !== wireBytes) {
      await reader.skipValue(wire, end);
    } else {
      const valueEnd = await reader.readLength(end);
      const inner = submessages[message][field];
      if (inner !== undefined) await collectLocations(reader, inner, valueEnd, locations, depth + 1);
      else if (message === "tensor" && field === tensorExternalData) {
        location = (await readLocation(reader, valueEnd)) ?? location;
      }
      reader.position = valueEnd;
    }
  }
  if (isExternal && location !== undefined) locations.add(location);
}

/** The value of a `key: "location"` entry. */
async function readLocation(reader: ProtobufReader, end: number): Promise<string | undefined> {
  let key = "";
  let value = "";
  while (reader.position < end) {
    const { field, wire } = await reader.readTag();
    if (wire !== wireBytes) throw new RangeError("an external data entry that is no text");
    const valueEnd = await reader.readLength(end);
    if (valueEnd - reader.position > longestLocation)
      throw new RangeError("an external data entry of absurd length");
    const text = await reader.readText(valueEnd);
    if (field === 1) key = text;
    if (field === 2) value = text;
  }
  return key === "location" ? value : undefined;
}

async function firstText(file: Awaited<ReturnType<typeof open>>): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
  return buffer.toString("latin1", 0, bytesRead);
}

/** Names the two things that people most often have in place of a model. */
function refuseOtherContent(path: string, start: string): void {
  if (start === "") {
    throw new UserError(`${path}: the file is empty`, { hint: "copy or download it again" });
  }
  if (start.startsWith("version https://git-lfs")) {
    throw new UserError(`${path}: this is a Git LFS pointer, not the model itself`, {
      hint: "run `git lfs pull` in the model's folder, or copy the real file",
    });
  }
  if (/^\s*<(!doctype|html)/i.test(start)) {
    throw new UserError(`${path}: this is an HTML page, not a model`, {
      hint: "a failed download: download the file again",
    });
  }
}
