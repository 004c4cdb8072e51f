import { createHash } from "node:crypto";
import { messagesOf, type OnnxMessage, textsOf } from "./onnxMessage.ts";
import { onnxFields } from "./onnxSchema.ts";
import { encodeBytes, encodeText } from "./protobufWriter.ts";

const { entry, model } = onnxFields;
const sealKey = "clipbook.int8.seal";
const sealBytes = encodeMetadata(sealKey, "0".repeat(64)).length;

/** One text of a model's `metadata_props`, encoded as a field of the model. */
export function encodeMetadata(key: string, value: string): Buffer {
  return encodeBytes(
    model.metadata,
    Buffer.concat([encodeText(entry.key, key), encodeText(entry.value, value)]),
  );
}

/** A model's `metadata_props` by name. */
export function metadataOf(message: OnnxMessage): ReadonlyMap<string, string> {
  return new Map(
    messagesOf(message, model.metadata).map((part) => [
      textsOf(part, entry.key).at(-1) ?? "",
      textsOf(part, entry.value).at(-1) ?? "",
    ]),
  );
}

/** An encoded model with a last entry that holds the SHA-256 of all before it, so that damage shows. */
export function sealModel(encoded: Buffer): Buffer {
  return Buffer.concat([encoded, encodeMetadata(sealKey, sha256(encoded))]);
}

/** Whether an encoded model ends in its seal and is as it was sealed. */
export function isSealed(encoded: Buffer): boolean {
  const content = encoded.subarray(0, Math.max(0, encoded.length - sealBytes));
  return encoded.subarray(content.length).equals(encodeMetadata(sealKey, sha256(content)));
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
