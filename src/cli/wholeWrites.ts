import { fstatSync, writeSync } from "node:fs";
import { Writable } from "node:stream";

/**
 * The stream for a standard output that was sent to a file: it writes every byte or fails. Node's own writes once, and takes a part that
 * still fitted on the disk for the whole.
 */
export function maybeWholeWrites(fileDescriptor: number): Writable | undefined {
  try {
    if (!fstatSync(fileDescriptor).isFile()) return undefined;
  } catch {
    // A closed one: Node's own stream deals with that.
    return undefined;
  }
  return new Writable({
    decodeStrings: true,
    write: (chunk: Buffer, _encoding, callback) => {
      try {
        for (let done = 0; done < chunk.length; ) done += writeSync(fileDescriptor, chunk, done);
        callback();
      } catch (error) {
        callback(error as Error);
      }
    },
  });
}
