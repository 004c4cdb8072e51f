import { availableParallelism } from "node:os";
import { UserError } from "../../errors.ts";
import { openBudget } from "../budget.ts";
import { ImageFailure } from "../imageFailure.ts";
import type { ThumbnailImage } from "../makeThumbnail.ts";
import { defaultMaxPixels } from "../pixelLimit.ts";
import type { RenderedView, ViewSpec } from "../viewSpec.ts";
import { type DecoderChild, startDecoderChild, type TaskEnd } from "./decoderChild.ts";
import type { DecodeJob, JobEnd } from "./decoderMessages.ts";
import { decodingFailure, isOutOfMemory } from "./decodingFailure.ts";

/**
 * Decodes pictures in processes of its own. A picture that crashes or hangs its decoder costs itself only; the next one gets a
 * new decoder. Each function throws ImageFailure for what is no whole picture, `timeout` or `decoder_crashed` among the codes, and
 * UserError where no decoder can be started, and the signal's reason when aborted.
 */
export interface Decoders {
  /** A picture's square view, as `renderView` makes it. */
  view(bytes: Uint8Array, spec: ViewSpec, options?: DecodeOptions): Promise<RenderedView>;
  /** A small JPEG, as `makeThumbnail` makes it. */
  thumbnail(bytes: Uint8Array, boxPx: number, options?: DecodeOptions): Promise<ThumbnailImage>;
  /** A JPEG for looking at closely, as `makeScreenJpeg` makes it. */
  screenJpeg(bytes: Uint8Array, boxPx: number, options?: DecodeOptions): Promise<ThumbnailImage>;
  /** Ends all decoders; what is under way or waits fails. */
  close(): Promise<void>;
}

/** How one picture is decoded. */
export interface DecodeOptions {
  /** 268 megapixels unless told otherwise. */
  readonly maxPixels?: number | undefined;
  /** Aborted, it ends the decoder that has the picture: it may be one that hangs. */
  readonly signal?: AbortSignal | undefined;
}

/** What happens among the decoders. */
export interface DecoderEvent {
  readonly kind: "started" | "given" | "size" | "go" | "answered" | "ended";
  readonly pid: number;
  /** With `size` and `go`. */
  readonly pixels?: number;
}

/** How pictures are decoded unless told otherwise. */
export interface DecoderOptions {
  /** Processes at most; each is started when there is work for it. One per processor, and no more than four. */
  readonly count?: number;
  /** For one picture: 30 seconds. */
  readonly timeoutMs?: number;
  /** What a decoder may hold beside its picture's file and pixels: a gibibyte. */
  readonly maxBytes?: number;
  /** Pixels that are decoded at the same time: those of the largest picture that is allowed by default. */
  readonly maxPixelsInFlight?: number;
  /** Of these a decoder gets so many with its picture, and asks for more only then: four megapixels. */
  readonly reservedPixels?: number;
  /** After so long without work a decoder gives its memory back: ten seconds. */
  readonly idleMs?: number;
  readonly onEvent?: (event: DecoderEvent) => void;
}

/** More than this do not help: what comes after decoding is the slower part. */
const mostDecoders = 4;

/** So many decoders in a row that end before they take a picture are the system's fault; one may have been killed for others. */
const mostFailedStarts = 3;

/** Pictures that wait for one decoder before another one is started: for a few it would not be worth its start. */
const tasksPerDecoder = 2;

interface Waiting {
  readonly job: DecodeJob;
  readonly bytes: Uint8Array;
  readonly maxPixels: number;
  readonly resolve: (end: Answered) => void;
  readonly reject: (error: unknown) => void;
  readonly signal: AbortSignal | undefined;
  /** The decoder that has the picture. */
  child: DecoderChild | undefined;
  /** Whether a decoder has ended before it knew the picture's size. */
  wasTried: boolean;
}

interface Answered {
  readonly answer: Extract<JobEnd, { kind: "done" }>;
  readonly body: Uint8Array;
}

interface Place {
  readonly child: DecoderChild;
  state: "starting" | "idle" | "busy";
  idleTimer?: NodeJS.Timeout;
}

/** No process is started before the first picture. @throws RangeError for limits that make no sense */
export function openDecoders(options: DecoderOptions = {}): Decoders {
  const { timeoutMs = 30_000, maxBytes = 2 ** 30, idleMs = 10_000, onEvent } = options;
  const { count = Math.min(availableParallelism(), mostDecoders) } = options;
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`${count} decoders`);
  const { reservedPixels = 4_000_000 } = options;
  const budget = openBudget(options.maxPixelsInFlight ?? defaultMaxPixels);
  const queue: Waiting[] = [];
  const places = new Set<Place>();
  let mostPlaces = count;
  let failedStarts = 0;
  let isClosed = false;

  const start = () => {
    const child = startDecoderChild({ timeoutMs, maxBytes });
    const place: Place = { child, state: "starting" };
    places.add(place);
    void child.ended.then(() => remove(place));
    void child.started.then((outcome) => {
      if (outcome !== "ready") {
        remove(place);
        return failToStart(outcome);
      }
      failedStarts = 0;
      onEvent?.({ kind: "started", pid: child.pid });
      rest(place);
      giveOut();
    });
  };
  /** Where others work, they go on without more; else another one is tried, and at last whoever waits is told. */
  const failToStart = ({ how, stderr }: Extract<TaskEnd, { kind: "ended" }>) => {
    if (isClosed) return;
    if (places.size > 0) {
      mostPlaces = places.size;
      return;
    }
    failedStarts += 1;
    if (failedStarts < mostFailedStarts) return giveOut();
    failedStarts = 0;
    const failure = new UserError("the process that decodes pictures cannot be started", {
      hint: "check that the system allows more processes and has memory left; reinstall Clipbook if it goes on",
      cause: new Error(`${how}: ${stderr}`),
    });
    for (const waiting of queue.splice(0)) waiting.reject(failure);
  };
  const remove = (place: Place) => {
    if (!places.delete(place)) return;
    clearTimeout(place.idleTimer);
    onEvent?.({ kind: "ended", pid: place.child.pid });
    if (place.state !== "starting") giveOut();
  };
  const release = (place: Place) => {
    place.child.release();
    remove(place);
  };
  const rest = (place: Place) => {
    place.state = "idle";
    place.child.keepAlive(false);
    place.idleTimer = setTimeout(() => release(place), idleMs).unref();
  };
  const giveOut = () => {
    for (const place of places) {
      if (place.state !== "idle") continue;
      const waiting = queue.shift();
      if (waiting === undefined) return;
      void give(place, waiting);
    }
    const busy = [...places].filter(({ state }) => state === "busy").length;
    const wanted = Math.min(mostPlaces, Math.ceil((queue.length + busy) / tasksPerDecoder));
    while (queue.length > 0 && places.size < Math.max(1, wanted)) start();
  };
  const give = async (place: Place, waiting: Waiting): Promise<void> => {
    const { child } = place;
    clearTimeout(place.idleTimer);
    place.state = "busy";
    child.keepAlive(true);
    waiting.child = child;
    onEvent?.({ kind: "given", pid: child.pid });
    let knowsSize = false;
    let isReserved = false;
    let leave = budget.enter(reservedPixels, () => {
      isReserved = true;
    });
    // Where others have taken all, nothing is reserved, and the place in line is the picture's own.
    if (!isReserved) leave();
    const end = await child.decode({
      ...waiting,
      reservedPixels: isReserved ? reservedPixels : 0,
      onSize: (pixels, go) => {
        knowsSize = true;
        onEvent?.({ kind: "size", pid: child.pid, pixels });
        const admit = () => {
          onEvent?.({ kind: "go", pid: child.pid, pixels });
          go();
        };
        if (isReserved && pixels <= reservedPixels) return admit();
        leave();
        leave = budget.enter(pixels, admit);
      },
    });
    waiting.child = undefined;
    // Before another one is let in.
    if (end.kind === "answered") onEvent?.({ kind: "answered", pid: child.pid });
    leave();
    if (end.kind !== "answered") {
      // One that did not come to the picture's size may have ended for reasons of its own.
      const isWorthAnother = end.kind === "ended" && !knowsSize && !isOutOfMemory(end);
      if (isWorthAnother && !waiting.wasTried && !isClosed && !waiting.signal?.aborted) {
        waiting.wasTried = true;
        queue.unshift(waiting);
      } else waiting.reject(isClosed ? closedError() : decodingFailure(end, timeoutMs));
      // Not even for one that the system cannot end is it waited.
      child.keepAlive(false);
      remove(place);
      giveOut();
      return;
    }
    // What a large picture left behind, in WebAssembly for good, would be counted against the next one.
    if (end.answer.residentBytes > maxBytes / 2) release(place);
    else rest(place);
    if (end.answer.kind === "done") waiting.resolve({ answer: end.answer, body: end.body });
    else waiting.reject(toError(end.answer));
    giveOut();
  };

  const decode = async (job: DecodeJob, bytes: Uint8Array, options: DecodeOptions = {}) => {
    const { maxPixels = defaultMaxPixels, signal } = options;
    if (isClosed) throw closedError();
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    const waiting: Waiting = {
      job,
      bytes,
      maxPixels,
      resolve,
      reject,
      signal,
      child: undefined,
      wasTried: false,
    };
    const giveUp = () => {
      const place = queue.indexOf(waiting);
      if (place >= 0) queue.splice(place, 1);
      waiting.child?.kill();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", giveUp);
    queue.push(waiting);
    giveOut();
    return promise.finally(() => signal?.removeEventListener("abort", giveUp));
  };
  const jpeg = async (
    kind: "thumbnail" | "screen",
    bytes: Uint8Array,
    boxPx: number,
    options?: DecodeOptions,
  ): Promise<ThumbnailImage> => {
    const { answer, body } = await decode({ kind, boxPx }, bytes, options);
    return { bytes: body, widthPx: answer.widthPx, heightPx: answer.heightPx };
  };
  return {
    view: async (bytes, spec, options) => {
      const { answer, body } = await decode({ kind: "view", spec }, bytes, options);
      if (body.length !== spec.sizePx ** 2 * 3) throw new Error(`a view of ${body.length} bytes`);
      const { format, widthPx, heightPx, warning } = answer;
      return { pixels: body, format, widthPx, heightPx, warning };
    },
    thumbnail: (bytes, boxPx, options) => jpeg("thumbnail", bytes, boxPx, options),
    screenJpeg: (bytes, boxPx, options) => jpeg("screen", bytes, boxPx, options),
    close: async () => {
      isClosed = true;
      for (const waiting of queue.splice(0)) waiting.reject(closedError());
      const children = [...places].map(({ child }) => child);
      for (const child of children) {
        child.keepAlive(true);
        child.kill();
      }
      await Promise.all(children.map(({ ended }) => ended));
    },
  };
}

function closedError(): Error {
  return new Error("the decoders were closed");
}

function toError(answer: Exclude<JobEnd, { kind: "done" }>): Error {
  if (answer.kind === "failure") return new ImageFailure(answer.code, answer.sentence);
  const { message, hint, stack } = answer;
  const cause = new Error(stack);
  if (answer.isUserError) return new UserError(message, { ...(hint !== undefined && { hint }), cause });
  return new Error(message, { cause });
}
