import { ImageFailure } from "../imageFailure.ts";
import type { TaskEnd } from "./decoderChild.ts";
import { overCeiling } from "./memoryCeiling.ts";

/** V8's own words when its heap is full. */
const heapIsFull = /heap out of memory/;

/** The failure of a picture whose decoder did not survive it. @param timeoutMs the time that it had */
export function decodingFailure(
  end: Exclude<TaskEnd, { kind: "answered" }>,
  timeoutMs: number,
): ImageFailure {
  if (end.kind === "timeout") {
    return new ImageFailure("timeout", `decoding it took longer than ${timeoutMs / 1000} seconds`);
  }
  return new ImageFailure(
    "decoder_crashed",
    isOutOfMemory(end)
      ? "decoding it took more memory than a picture of its size may take"
      : "the decoder ended in the middle of it",
    { cause: new Error(`${end.how}: ${end.stderr}`) },
  );
}

/** Whether a decoder ended because of its memory, for which trying again would not help. */
export function isOutOfMemory({ stderr }: Extract<TaskEnd, { kind: "ended" }>): boolean {
  return stderr.includes(overCeiling) || heapIsFull.test(stderr);
}
