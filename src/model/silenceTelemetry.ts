import { isMainThread } from "node:worker_threads";

/**
 * Switches off ONNX Runtime's reports to its maker. Since version 1.29 its builds for Linux and macOS send the names and
 * digests of models with a number for the machine, and keep them in the home folder until they are sent, unless this variable
 * is set when it starts (microsoft/onnxruntime, pull requests 27379 and 29843). It has to be called before ONNX Runtime's first
 * session, in the main thread: a worker's `process.env` is a copy that native code does not see.
 * @throws TypeError in a worker thread whose process has not switched them off
 */
export function silenceTelemetry(): void {
  if (!isMainThread && process.env[variable] !== "1") {
    throw new TypeError(`set ${variable}=1 in the main thread before Clipbook is used in a worker thread`);
  }
  process.env[variable] = "1";
}

const variable = "ORT_DISABLE_TELEMETRY";
