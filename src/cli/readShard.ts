import { UserError } from "../errors.ts";
import type { Shard } from "../store/indexingStore.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** More shards than any batch system runs tasks. */
const mostShards = 1_000_000;

const hint = "--shard 7/100 for the seventh of a hundred, --shard auto or auto/100 in a batch system's task";

/**
 * The shard that `--shard` names: `I/N` counted from 1; `auto`, from the variables of a Slurm array's task; `auto/N`, where the
 * number comes from those or from an Indexed Job of Kubernetes, which does not tell how many there are.
 * @throws UserError for a shard that does not exist, and where a task's number does not tell its shard for certain
 */
export function readShard(text: string, environment: Environment): Shard {
  const [, what = "", of] = /^(auto|[0-9]{1,15})(?:\/([0-9]{1,15}))?$/.exec(text.trim()) ?? [];
  if (what === "" || (what !== "auto" && of === undefined)) {
    throw new UserError(`--shard ${text}: this names no shard`, { hint });
  }
  const shards = of === undefined ? undefined : wholeShards(Number(of), text);
  if (what === "auto") return shardOfTask(shards, environment);
  return requireWithin({ number: Number(what), of: shards as number }, `--shard ${text}`);
}

function wholeShards(of: number, text: string): number {
  if (of >= 1 && of <= mostShards) return of;
  throw new UserError(`--shard ${text}: there are 1 to ${mostShards} shards, not ${of}`, { hint });
}

function requireWithin(shard: Shard, where: string): Shard {
  if (shard.number >= 1 && shard.number <= shard.of) return shard;
  throw new UserError(`${where}: there is no shard ${shard.number} of ${shard.of}`, {
    hint: `shards are counted from 1: 1/${shard.of} to ${shard.of}/${shard.of}`,
  });
}

function shardOfTask(of: number | undefined, environment: Environment): Shard {
  const { SLURM_ARRAY_TASK_ID: slurm, JOB_COMPLETION_INDEX: kubernetes } = environment;
  if (slurm !== undefined && kubernetes !== undefined) {
    throw new UserError(
      "--shard auto: this task has numbers of Slurm (SLURM_ARRAY_TASK_ID) and of Kubernetes (JOB_COMPLETION_INDEX)",
      {
        hint: "name the shard: --shard 7/100",
      },
    );
  }
  if (slurm !== undefined) return of === undefined ? ofWholeArray(environment) : ofArray(of, environment);
  if (kubernetes === undefined) {
    throw new UserError("--shard auto: this is no task of a Slurm array or of an Indexed Job of Kubernetes", {
      hint: "name the shard: --shard 7/100",
    });
  }
  const index = taskNumber(environment, "JOB_COMPLETION_INDEX");
  if (of === undefined) {
    throw new UserError("--shard auto: Kubernetes does not tell a task how many there are", {
      hint: "say it: --shard auto/100 where the Job has completions: 100",
    });
  }
  return requireWithin({ number: index + 1, of }, `--shard auto/${of} (JOB_COMPLETION_INDEX ${index})`);
}

/** The number of the task is that of the shard, so that a few tasks can be started again by themselves. */
function ofArray(of: number, environment: Environment): Shard {
  const id = taskNumber(environment, "SLURM_ARRAY_TASK_ID");
  // With 0 in the array nothing tells whether its 1 is the first shard or the second.
  if (id === 0 || maybeTaskNumber(environment, "SLURM_ARRAY_TASK_MIN") === 0) {
    throw new UserError(`--shard auto/${of}: this Slurm array begins at 0, and shards at 1`, {
      hint: `start it with --array=1-${of}`,
    });
  }
  return requireWithin({ number: id, of }, `--shard auto/${of} (SLURM_ARRAY_TASK_ID ${id})`);
}

/**
 * In a whole array (0-9, 1-10, 0-9:3) the tasks are the shards in their order. One that begins later, has gaps or is a
 * single task may be a part of another that is started again: its division would be another one.
 */
function ofWholeArray(environment: Environment): Shard {
  const [id, count, min, max] = (["ID", "COUNT", "MIN", "MAX"] as const).map((name) =>
    taskNumber(environment, `SLURM_ARRAY_TASK_${name}`),
  ) as [number, number, number, number];
  const step = maybeTaskNumber(environment, "SLURM_ARRAY_TASK_STEP") ?? 1;
  const numbered =
    "number the array from 1 and say how many shards there are: --shard auto/100 with --array=1-100";
  const array = `this Slurm array (${count} ${count === 1 ? "task" : "tasks"}, ${min} to ${max}, in steps of ${step})`;
  if (min > 1 || count === 1) {
    throw new UserError(`--shard auto: ${array} may be a part of another one`, { hint: numbered });
  }
  const number = (id - min) / step + 1;
  if (step < 1 || Math.floor((max - min) / step) + 1 !== count || !Number.isInteger(number)) {
    throw new UserError(`--shard auto: ${array} has gaps`, { hint: numbered });
  }
  return requireWithin({ number, of: count }, `--shard auto (SLURM_ARRAY_TASK_ID ${id})`);
}

function maybeTaskNumber(environment: Environment, name: string): number | undefined {
  return environment[name] === undefined ? undefined : taskNumber(environment, name);
}

function taskNumber(environment: Environment, name: string): number {
  const text = environment[name];
  if (text !== undefined && /^[0-9]{1,15}$/.test(text)) return Number(text);
  const found = text === undefined ? "is not set" : `is "${text}"`;
  throw new UserError(`--shard auto: ${name} ${found}`, { hint: "name the shard: --shard 7/100" });
}

/** What to tell somebody whose task has a number that nobody takes; undefined outside of batch systems. */
export function maybeUnusedTaskNote(environment: Environment): string | undefined {
  const { SLURM_ARRAY_TASK_ID: slurm, JOB_COMPLETION_INDEX: kubernetes } = environment;
  if (slurm === undefined && kubernetes === undefined) return undefined;
  const task =
    slurm === undefined ? `index ${kubernetes} of a Kubernetes Job` : `task ${slurm} of a Slurm array`;
  return `this is ${task}, and without --shard it embeds the whole list (--shard auto/N takes its share)`;
}
