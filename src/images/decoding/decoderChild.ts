import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { openDeadline } from "./deadline.ts";
import {
  type DecodeJob,
  type DecoderAnswer,
  type DecoderRequest,
  type JobEnd,
  readAnswer,
} from "./decoderMessages.ts";
import { frameHead, openFrameReader } from "./frames.ts";

/** A picture on its way through a decoder. */
export interface DecoderTask {
  readonly job: DecodeJob;
  readonly bytes: Uint8Array;
  readonly maxPixels: number;
  /** A picture of so many pixels is decoded at once. */
  readonly reservedPixels: number;
  /** Told the picture's size; with a larger one the decoder waits until `go` is called. */
  onSize(pixels: number, go: () => void): void;
}

/** How a task ended: with an answer, or with the end of its decoder. */
export type TaskEnd =
  | { readonly kind: "answered"; readonly answer: JobEnd; readonly body: Uint8Array }
  | { readonly kind: "timeout" }
  /** What the process wrote to stderr last, and what is known of how it ended. */
  | { readonly kind: "ended"; readonly stderr: string; readonly how: string };

/** One decoder process. */
export interface DecoderChild {
  /** 0 when it could not be started. */
  readonly pid: number;
  /** Resolves when it takes tasks, or with how it ended before that. */
  readonly started: Promise<"ready" | Extract<TaskEnd, { kind: "ended" }>>;
  /** Resolves when it is no more, for whatever reason. */
  readonly ended: Promise<void>;
  /** One at a time. */
  decode(task: DecoderTask): Promise<TaskEnd>;
  /** Whether this process waits for it when there is nothing else to do. */
  keepAlive(isNeeded: boolean): void;
  /** Ends it in its own time, between tasks. */
  release(): void;
  kill(): void;
}

/** Limits of a decoder. */
export interface ChildLimits {
  /** For one picture, without the time that it waits for `go`. */
  readonly timeoutMs: number;
  /** Bytes that the process may hold, beyond what its picture takes. */
  readonly maxBytes: number;
}

/** Longer than the slowest disk takes to load a library of 20 MB. */
const startMs = 120_000;

/** A JPEG of the largest screen image takes a tenth. */
const mostAnswerBytes = 64_000_000;

/** What is kept of stderr: how V8 or a library says goodbye. */
const stderrCharacters = 4000;

/**
 * What JavaScript in a decoder may do: read files, which loads its modules, run sharp's library and its own watching thread. No
 * file is written, and no process started, whatever a picture makes of it.
 */
const permissions = [
  "--permission",
  "--allow-fs-read=*",
  "--allow-addons",
  "--allow-worker",
  "--no-warnings",
];

/** JavaScript's own objects in a decoder, in mebibytes: pixels lie outside of it, and the rest is small. */
const heapMb = 1024;

/** All of the environment that a decoder gets: what Windows' own libraries need, and where others are looked for. */
const environmentNames = ["SystemRoot", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/** Starts a decoder. */
export function startDecoderChild({ timeoutMs, maxBytes }: ChildLimits): DecoderChild {
  // Built, this file and the decoder's end in .js; in tests and tools they run unbuilt.
  const entry = import.meta.url.endsWith(".ts") ? "./decoderProcess.ts" : "./decoderProcess.js";
  const child = spawn(
    process.execPath,
    [...permissions, `--max-old-space-size=${heapMb}`, fileURLToPath(new URL(entry, import.meta.url))],
    {
      stdio: ["pipe", "ignore", "pipe", "pipe"],
      env: decoderEnvironment(),
      // Not where the command runs: that folder may be gone, or on a disk that is taken out the moment the command has ended.
      cwd: import.meta.dirname,
      // A process group of its own, which a terminal's Ctrl-C does not reach. On Windows that would open a window.
      detached: process.platform !== "win32",
      windowsHide: true,
    },
  );
  const [requests, , errors, answers] = child.stdio as unknown as readonly [Socket, null, Socket, Socket];
  let onAnswer: (answer: DecoderAnswer, body: Uint8Array) => void = () => undefined;
  let onEnd: (end: TaskEnd) => void = () => undefined;
  let end: Extract<TaskEnd, { kind: "ended" }> | undefined;
  let stderr = "";
  const endedNow = Promise.withResolvers<void>();
  const endWith = (how: string) => {
    end ??= { kind: "ended", stderr, how };
    endedNow.resolve();
    onEnd(end);
  };
  child.on("error", (error) => endWith(error.message));
  // Not "exit": what it wrote before is still read.
  child.on("close", (code, signal) => endWith(signal ?? `exit code ${code}`));
  // A decoder that has ended takes no more: its end is what tells.
  requests.on("error", () => undefined);
  errors.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-stderrCharacters);
  });
  const read = openFrameReader({ headBytes: 65_536, bodyBytes: mostAnswerBytes }, ({ head, body }) =>
    onAnswer(readAnswer(head), body),
  );
  answers.on("data", (piece: Buffer) => {
    try {
      read(piece);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // No decoder of ours says such things.
      child.kill("SIGKILL");
      endWith(error.message);
    }
  });
  const send = (request: DecoderRequest, body?: Uint8Array) => {
    requests.cork();
    requests.write(frameHead(request, body?.length ?? 0));
    if (body !== undefined && body.length > 0) requests.write(body);
    requests.uncork();
  };
  const kill = () => {
    child.kill("SIGKILL");
  };

  const started = new Promise<"ready" | Extract<TaskEnd, { kind: "ended" }>>((resolve) => {
    const timer = setTimeout(() => {
      kill();
      endWith("no answer");
    }, startMs);
    onAnswer = () => {
      clearTimeout(timer);
      resolve("ready");
    };
    onEnd = () => {
      clearTimeout(timer);
      if (end !== undefined) resolve(end);
    };
  });
  return {
    pid: child.pid ?? 0,
    started,
    ended: endedNow.promise,
    decode: ({ job, bytes, maxPixels, reservedPixels, onSize }) =>
      new Promise<TaskEnd>((resolve) => {
        if (end !== undefined) return resolve(end);
        const finish = (taskEnd: TaskEnd) => {
          deadline.stop();
          onAnswer = () => undefined;
          onEnd = () => undefined;
          resolve(taskEnd);
        };
        const deadline = openDeadline(timeoutMs, () => {
          kill();
          finish({ kind: "timeout" });
        });
        onEnd = finish;
        onAnswer = (answer, body) => {
          if (answer.kind === "ready") return;
          if (answer.kind !== "size") return finish({ kind: "answered", answer, body });
          const pixels = answer.widthPx * answer.heightPx;
          const waits = pixels > reservedPixels;
          if (waits) deadline.stop();
          onSize(pixels, () => {
            if (!waits) return;
            deadline.run();
            send({ kind: "go" });
          });
        };
        deadline.run();
        send(
          {
            kind: "decode",
            job,
            maxBytes,
            maxPixels: Number.isFinite(maxPixels) ? maxPixels : null,
            reservedPixels,
          },
          bytes,
        );
      }),
    keepAlive: (isNeeded) => {
      for (const handle of [child, requests, errors, answers]) {
        if (isNeeded) handle.ref();
        else handle.unref();
      }
    },
    release: () => requests.end(),
    kill,
  };
}

function decoderEnvironment(): NodeJS.ProcessEnv {
  const passedOn = environmentNames.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  // One picture at a time needs one thread of libuv; each of the usual four would keep memory of its own.
  return { ...Object.fromEntries(passedOn), UV_THREADPOOL_SIZE: "1" };
}
