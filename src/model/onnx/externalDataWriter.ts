import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { type FileSpan, type OnnxTensor, readFully } from "./onnxTensor.ts";

/** A file of weights that grows tensor by tensor. */
export interface ExternalDataWriter {
  /** Appends numbers and returns where they lie. */
  append(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<FileSpan>;
  bytes(): number;
  /** Brings the file to the disk, closes it, and returns its SHA-256, hexadecimal. */
  finish(): Promise<string>;
  /** Closes the file of a failed writing, unless it is closed. */
  abandon(): Promise<void>;
}

/** ONNX's advice for files that are mapped into memory: whole pages ("External data", `offset`). */
const alignment = 4096;
const pieceBytes = 2 ** 22;

/** Makes an empty file, which must not be there yet. */
export async function openExternalDataWriter(path: string): Promise<ExternalDataWriter> {
  const file = await open(path, "wx");
  const hash = createHash("sha256");
  let end = 0;
  let isClosed = false;
  const write = async (piece: Uint8Array) => {
    hash.update(piece);
    for (let done = 0; done < piece.length; ) {
      const { bytesWritten } = await file.write(piece, done, piece.length - done, end + done);
      done += bytesWritten;
    }
    end += piece.length;
  };
  return {
    append: async (pieces) => {
      await write(new Uint8Array((alignment - (end % alignment)) % alignment));
      const offset = end;
      for await (const piece of pieces) await write(piece);
      return { path, offset, bytes: end - offset };
    },
    bytes: () => end,
    finish: async () => {
      await file.sync();
      await file.close();
      isClosed = true;
      return hash.digest("hex");
    },
    abandon: async () => {
      if (!isClosed) await file.close();
    },
  };
}

/**
 * The numbers of a tensor as they lie in their file, in pieces.
 * @throws RangeError when the file ends too early
 */
export async function* readSpan(
  { span, name }: Pick<OnnxTensor, "name"> & { readonly span: FileSpan },
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const file = await open(span.path, "r");
  try {
    for (let at = 0; at < span.bytes; at += pieceBytes) {
      signal?.throwIfAborted();
      const piece = new Uint8Array(Math.min(pieceBytes, span.bytes - at));
      await readFully(file, piece, span.offset + at, name);
      yield piece;
    }
  } finally {
    await file.close();
  }
}
