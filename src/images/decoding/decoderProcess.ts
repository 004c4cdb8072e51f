import { Socket } from "node:net";
import { UserError } from "../../errors.ts";
import { ImageFailure } from "../imageFailure.ts";
import { makeScreenJpeg } from "../makeScreenJpeg.ts";
import { makeThumbnail } from "../makeThumbnail.ts";
import { openPicture, type Picture } from "../openPicture.ts";
import { viewOf } from "../renderView.ts";
import type { DecodeJob, DecoderAnswer, DecoderRequest } from "./decoderMessages.ts";
import { frameHead, openFrameReader } from "./frames.ts";
import { memoryCeiling } from "./memoryCeiling.ts";
import { startMemoryWatch } from "./memoryWatch.ts";

// The entry of a decoder: a process that decodes one picture at a time for its parent, and that the parent can kill.

/** Memory that files of up to this size are read into again and again: V8 collects what lies outside its heap late. */
const placeBytes = 16 * 1024 * 1024;

/** As much as a pipe hands over at once. */
const pieceBytes = 256 * 1024;

const watch = startMemoryWatch();
// Not stdout: what a library prints there must not be taken for an answer.
const answers = new Socket({ fd: 3, readable: false, writable: true });
let go: () => void = () => undefined;

const read = openFrameReader(
  { headBytes: 65_536, bodyBytes: 0xffff_ffff },
  ({ head, body }) => {
    const request = head as DecoderRequest;
    if (request.kind === "go") go();
    else void decode(request, Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  },
  Buffer.allocUnsafeSlow(placeBytes),
);
const requests = new Socket({
  fd: 0,
  readable: true,
  writable: false,
  onread: {
    buffer: Buffer.allocUnsafeSlow(pieceBytes),
    callback: (length, memory) => {
      read(memory.subarray(0, length));
      return true;
    },
  },
});
// In a terminal Ctrl-C goes to all processes; when a decoder ends is for its parent to say.
process.on("SIGINT", () => undefined);
// The parent has ended, or wants this decoder no more. An orderly end would wait for a picture that is being decoded.
requests.on("close", () => process.kill(process.pid, "SIGKILL"));
answers.on("error", () => process.kill(process.pid, "SIGKILL"));
await watch.started;
answer({ kind: "ready" });

async function decode(
  { job, maxPixels, maxBytes, reservedPixels }: Extract<DecoderRequest, { kind: "decode" }>,
  bytes: Buffer,
): Promise<void> {
  try {
    watch.allow(memoryCeiling(maxBytes, bytes.length, 0));
    const picture = await openPicture(bytes, maxPixels ?? Number.POSITIVE_INFINITY);
    const { widthPx, heightPx } = picture;
    const admitted = new Promise<void>((resolve) => {
      go = resolve;
    });
    answer({ kind: "size", widthPx, heightPx });
    if (widthPx * heightPx > reservedPixels) await admitted;
    watch.allow(memoryCeiling(maxBytes, bytes.length, widthPx * heightPx));
    const { body, ...made } = await make(job, picture);
    answer({ kind: "done", residentBytes: process.memoryUsage.rss(), ...made }, body);
  } catch (error) {
    answer({ ...toFailure(error), residentBytes: process.memoryUsage.rss() });
  } finally {
    watch.rest();
  }
}

async function make(job: DecodeJob, picture: Picture) {
  const { format } = picture;
  if (job.kind === "view") {
    const { pixels: body, widthPx, heightPx, warning } = await viewOf(picture, job.spec);
    return { body, format, widthPx, heightPx, ...(warning !== undefined && { warning }) };
  }
  const makeJpeg = job.kind === "thumbnail" ? makeThumbnail : makeScreenJpeg;
  const { bytes: body, widthPx, heightPx } = await makeJpeg(picture, job.boxPx);
  return { body, format, widthPx, heightPx };
}

function toFailure(error: unknown) {
  if (error instanceof ImageFailure) {
    return { kind: "failure", code: error.code, sentence: error.message } as const;
  }
  const isUserError = error instanceof UserError;
  if (!(error instanceof Error)) return { kind: "error", isUserError, message: String(error) } as const;
  const { message, stack } = error;
  const hint = isUserError ? error.hint : undefined;
  return {
    kind: "error",
    isUserError,
    message,
    ...(stack !== undefined && { stack }),
    ...(hint !== undefined && { hint }),
  } as const;
}

function answer(head: DecoderAnswer, body: Uint8Array = Buffer.alloc(0)): void {
  answers.cork();
  answers.write(frameHead(head, body.length));
  if (body.length > 0) answers.write(body);
  answers.uncork();
}
