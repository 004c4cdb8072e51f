import { type Job, Queue, Worker } from "bullmq";
import { type JobResult, type QueueJob, resultForm } from "./jobForms.ts";
import { maybeJson } from "./maybeJson.ts";
import type { QueueAddress } from "./queueAddress.ts";
import { openQueueClients } from "./queueClients.ts";
import { beatForm, type QueueSession, type WorkerBeat } from "./sessionForm.ts";
import { sessionKeys } from "./sessionKeys.ts";

/** Which workers get a job: all of them, or the coordinator's own alone. */
export type JobPlace = "jobs" | "local";

/** A coordinator's end of a queue. */
export interface CoordinatorQueue {
  /** Puts a job in; one of this id that is there already stays. */
  add(id: string, job: QueueJob, place: JobPlace): Promise<void>;
  /** Takes a job out that nobody has begun, or that has failed. */
  remove(id: string, place: JobPlace): Promise<void>;
  /** Of these jobs, those that Redis does not have. */
  missing(jobs: readonly (readonly [id: string, place: JobPlace])[]): Promise<readonly string[]>;
  /** Jobs that ended without a result, which are taken out: their worker was lost (`stalled`), or said why. */
  takeFailed(): Promise<readonly FailedJob[]>;
  workers(): Promise<readonly WorkerBeat[]>;
  /** Lets workers begin no further job, or lets them again. */
  hold(isHeld: boolean): Promise<void>;
  /** Jobs that a worker has begun, and results that were not taken yet. */
  underWay(): Promise<number>;
  /** Ends the session and takes everything of it out of Redis, as far as that can be reached. */
  close(): Promise<void>;
}

/** A job that ended without a result. */
export interface FailedJob {
  readonly id: string;
  readonly isStalled: boolean;
  readonly reason: string;
}

/** What a coordinator is told. */
export interface CoordinatorEvents {
  /** A result that has the form of one; the next one comes when this has resolved. Its failure is the end of the work. */
  readonly onResult: (result: JobResult) => Promise<void>;
  /** What could not be understood, or failed for good. */
  readonly onFault: (error: unknown) => void;
  /** Redis is gone, or there again. */
  readonly onTrouble: (reason: string | undefined) => void;
}

/** Seconds for which a session stays known without its coordinator, and how often that renews it. */
const aliveSeconds = 30;
const renewMs = 5_000;

/** How long the end waits for a Redis that does not answer. */
const partingMs = 3_000;

const stalledReason = "job stalled more than allowable limit";

/** Opens a session: describes it, and begins to take results. @throws Error of Redis */
export async function openCoordinatorQueue(
  address: QueueAddress,
  session: QueueSession,
  events: CoordinatorEvents,
): Promise<CoordinatorQueue> {
  const { prefix } = address;
  const keys = sessionKeys(prefix, session.id);
  const clients = openQueueClients(address, events.onTrouble);
  const redis = clients.connect();
  await removeDeadSessions(prefix, redis);
  const queueOf = (name: string) => {
    const queue = new Queue<QueueJob>(name, {
      connection: clients.connect(),
      prefix,
      streams: { events: { maxLen: 10 } },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: false },
    });
    // The connection tells it itself.
    queue.on("error", () => undefined);
    return queue;
  };
  const queues = { jobs: queueOf(keys.jobs), local: queueOf(keys.local) };
  const resultQueue = queueOf(keys.results);
  const take = async (data: unknown): Promise<void> => {
    const read = resultForm.safeParse(data);
    if (!read.success) return events.onFault(new Error(`a result that is none: ${read.error.message}`));
    try {
      await events.onResult(read.data);
    } catch (error) {
      events.onFault(error);
    }
  };
  const results = new Worker<unknown>(keys.results, (job: Job<unknown>) => take(job.data), {
    connection: clients.connect(),
    prefix,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    // Nobody else takes results: a slow disk must not make one come twice.
    maxStalledCount: 1_000_000,
    lockDuration: 600_000,
  });
  results.on("error", () => undefined);
  // These take no jobs; they look for those whose worker is gone.
  const watchers = (["jobs", "local"] as const).map((place) => {
    const watcher = new Worker(keys[place], null, {
      connection: clients.connect(),
      prefix,
      autorun: false,
      maxStalledCount: 0,
      stalledInterval: session.lockMs / 2,
    });
    watcher.on("error", () => undefined);
    void watcher.startStalledCheckTimer();
    return watcher;
  });
  const renew = async () => {
    const description = JSON.stringify(session);
    await redis
      .multi()
      .set(keys.alive, "1", "EX", aliveSeconds)
      .hset(keys.sessions, session.id, description)
      .exec();
  };
  await renew();
  const renewal = setInterval(() => void renew().catch(() => undefined), renewMs);
  return {
    add: async (id, job, place) => {
      await queues[place].add("embed", job, { jobId: id });
    },
    remove: async (id, place) => {
      await queues[place].remove(id);
    },
    missing: async (jobs) => {
      if (jobs.length === 0) return [];
      const asked = redis.pipeline();
      for (const [id, place] of jobs) asked.exists(queues[place].toKey(id));
      const answers = (await asked.exec()) ?? [];
      return jobs.flatMap(([id], i) => (answers[i]?.[1] === 0 ? [id] : []));
    },
    takeFailed: async () => {
      const failed = await Promise.all([queues.jobs.getFailed(0, 99), queues.local.getFailed(0, 99)]);
      return Promise.all(
        failed.flat().map(async (job) => {
          await job.remove();
          const { id = "", failedReason: reason = "" } = job;
          return { id, isStalled: reason === stalledReason, reason };
        }),
      );
    },
    hold: async (isHeld) => {
      const both = [queues.jobs, queues.local];
      await Promise.all(both.map((queue) => (isHeld ? queue.pause() : queue.resume())));
    },
    underWay: async () => {
      const [shared, own] = await Promise.all([queues.jobs.getActiveCount(), queues.local.getActiveCount()]);
      // Asked afterwards: a job's result is there before the job is done.
      return shared + own + (await resultQueue.getJobCountByTypes("waiting", "active"));
    },
    workers: async () => {
      const found = Object.values(await redis.hgetall(keys.workers));
      return found.flatMap((text) => {
        const read = beatForm.safeParse(maybeJson(text));
        return read.success ? [read.data] : [];
      });
    },
    close: async () => {
      clearInterval(renewal);
      const part = async () => {
        await redis.multi().del(keys.alive, keys.workers).hdel(keys.sessions, session.id).exec();
        await Promise.all([results.close(true), ...watchers.map((watcher) => watcher.close(true))]);
        await obliterate(prefix, session.id, redis);
        await Promise.all([queues.jobs.close(), queues.local.close(), resultQueue.close()]);
      };
      const parting = part().catch(() => undefined);
      await Promise.race([parting, patience(partingMs)]);
      const ended = [results, ...watchers, queues.jobs, queues.local, resultQueue].map((open) =>
        open.disconnect(),
      );
      clients.disconnect();
      // BullMQ waits for a Redis that is gone, however it is asked.
      await Promise.race([Promise.allSettled(ended), patience(partingMs)]);
    },
  };
}

/** Never longer than the end of the process. */
function patience(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** What coordinators left behind that did not end in order. */
async function removeDeadSessions(prefix: string, redis: RedisClient): Promise<void> {
  const { sessions } = sessionKeys(prefix, "");
  for (const id of await redis.hkeys(sessions)) {
    const keys = sessionKeys(prefix, id);
    if ((await redis.exists(keys.alive)) > 0) continue;
    await redis.del(keys.workers);
    await obliterate(prefix, id, redis);
    await redis.hdel(sessions, id);
  }
}

type RedisClient = ReturnType<ReturnType<typeof openQueueClients>["connect"]>;

/** All keys of a session's queues. BullMQ would refuse while a job is at work, and take three scripts for it. */
async function obliterate(prefix: string, id: string, redis: RedisClient): Promise<void> {
  const { jobs, local, results } = sessionKeys(prefix, id);
  for (const name of [jobs, local, results]) {
    const stream = redis.scanStream({ match: `${prefix}:${name}:*`, count: 1000 });
    for await (const found of stream) {
      const names = found as string[];
      if (names.length > 0) await redis.unlink(...names);
    }
  }
}
