import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../packageRoot.ts";
import { measureAgainstTruth } from "../pipeline/measureAgainstTruth.ts";
import { runClassify } from "./classify.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook demo`, as commander hands them over. */
export interface DemoOptions {
  readonly count: number;
  readonly json?: boolean;
}
