import { UserError } from "../errors.ts";
import type { QueueSettings } from "../pipeline/queue/queueSpec.ts";
import { parseRoot, type Root, requireDistinct } from "../pipeline/queue/roots.ts";
import { parseQueueAddress, type QueueAddress } from "../queue/queueAddress.ts";
import { requireQueue } from "../queue/queueConnection.ts";
import type { Terminal } from "./terminal.ts";

/** The options of a coordinator's queue, as commander hands them over. */
export interface QueueOptions {
  readonly queue?: string;
  readonly root?: readonly string[];
  readonly work?: boolean;
  readonly jobSize?: number;
  readonly strictNumerics?: boolean;
  /** The model, which the own worker opens, too. */
  readonly model: string;
  readonly threads?: number;
}

/** The variable that may hold the queue's address: arguments can be read by every user of a machine, and it may have a password. */
export const queueVariable = "CLIPBOOK_QUEUE";

/**
 * The queue that a coordinator was given; undefined without `--queue`.
 * @throws UserError for options that do not go together, and a queue that cannot be used
 */
export async function openQueue(
  options: QueueOptions,
  { environment }: Pick<Terminal, "environment">,
): Promise<QueueSettings | undefined> {
  const { root = [], jobSize, strictNumerics, work = true, model, threads } = options;
  if (options.queue === undefined) {
    const alone =
      root.length > 0 ? "--root" : strictNumerics ? "--strict-numerics" : !work ? "--no-work" : undefined;
    if (alone === undefined && jobSize === undefined) return undefined;
    throw new UserError(`${alone ?? "--job-size"} is for work on a queue`, {
      hint: "name the queue with --queue redis://host:6379/0, or leave it out",
    });
  }
  const address = readAddress(options.queue, environment);
  const roots = readRoots(root);
  const isAddressed = roots.find(({ place }) => /^https?:/.test(place));
  if (isAddressed !== undefined) {
    throw new UserError(`--root ${isAddressed.name}: here it has to be a folder`, {
      hint: "the coordinator reads the pictures from its disk; a worker may have an address for the same root",
    });
  }
  if (roots.length === 0) {
    throw new UserError("a queue needs a --root: by its name workers find the pictures", {
      hint: "name the folder that holds them all, --root archive=/mnt/archive, and give each worker its own --root archive=FOLDER",
    });
  }
  await requireQueue(address);
  return {
    address,
    roots,
    localWorker: work ? { model, threads, environment } : undefined,
    ...(jobSize !== undefined && { jobSize }),
    ...(strictNumerics !== undefined && { isStrictAboutNumbers: strictNumerics }),
  };
}

/** @param text the option; `env` stands for the variable @throws UserError */
export function readAddress(text: string, environment: Terminal["environment"]): QueueAddress {
  if (text !== "env") return parseQueueAddress(text);
  const value = environment[queueVariable];
  if (value === undefined || value === "") {
    throw new UserError(`--queue env: the variable ${queueVariable} is not set`, {
      hint: `${queueVariable}=redis://:PASSWORD@host:6379/0 clipbook ...`,
    });
  }
  return parseQueueAddress(value);
}

/** @throws UserError */
export function readRoots(texts: readonly string[]): readonly Root[] {
  const roots = texts.map(parseRoot);
  requireDistinct(roots);
  return roots;
}
