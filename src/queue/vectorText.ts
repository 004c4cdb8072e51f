import { type Embeddings, embeddings, maybeRowOfOtherLength } from "../embeddings.ts";

/** The float32 bits of vectors as base64, little endian. `[n, dim]` */
export function vectorsToText({ values }: Embeddings): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

/**
 * The vectors again, bit by bit. `-> [count, dim]`
 * @param count how many there have to be
 * @throws RangeError when they are not so many of one length, or no unit vectors
 */
export function vectorsFromText(text: string, count: number): Embeddings {
  const bytes = Buffer.from(text, "base64");
  const dim = count === 0 ? 1 : bytes.length / count / Float32Array.BYTES_PER_ELEMENT;
  if (!Number.isSafeInteger(dim) || dim === 0 || (count === 0 && bytes.length > 0))
    throw new RangeError(`${bytes.length} bytes are not ${count} vectors`);
  // A copy of its own begins at a multiple of four.
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const matrix = embeddings(values, dim);
  const odd = maybeRowOfOtherLength(matrix);
  if (odd !== undefined) throw new RangeError(`vector ${odd} has not length 1`);
  return matrix;
}
