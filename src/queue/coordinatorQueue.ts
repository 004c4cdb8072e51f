import { type Job, Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { drainSeconds } from "./connectionTimes.ts";
import { formFault } from "./formFault.ts";
import { type JobResult, type QueueJob, resultForm } from "./jobForms.ts";
import { aloneName, begunProgress, togetherName } from "./jobMarks.ts";
import { maybeJson } from "./maybeJson.ts";
import { patience } from "./patience.ts";
import type { QueueAddress } from "./queueAddress.ts";
import { openQueueClients } from "./queueClients.ts";
import { refusal } from "./queueConnection.ts";
import { removeSession } from "./removeSession.ts";
import { beatForm, type QueueSession, type WorkerBeat } from "./sessionForm.ts";
import { sessionKeys } from "./sessionKeys.ts";

/** Which workers get a job: all of them, or the coordinator's own alone. */
export type JobPlace = "jobs" | "local";

/** A coordinator's end of a queue. */
export interface CoordinatorQueue {
  /**
   * Puts a job in; one of this id that is there already stays.
   * @param how.isAlone whether a worker does nothing else meanwhile
   */
  add(id: string, job: QueueJob, how: { readonly place: JobPlace; readonly isAlone: boolean }): Promise<void>;
  /** Of these jobs, those that Redis does not have. */
  missing(jobs: readonly (readonly [id: string, place: JobPlace])[]): Promise<readonly string[]>;
  /** Jobs that ended without a result, which are taken out: their worker was lost (`stalled`), or said why. */
  takeFailed(): Promise<readonly FailedJob[]>;
  workers(): Promise<readonly WorkerBeat[]>;
  /** Takes the last sign of life of a worker that is gone away; one that is not gives another. */
  forget(workerId: string): Promise<void>;
  /** Results that were not taken yet. */
  resultsWaiting(): Promise<number>;
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
  /** Whether a worker had begun with it, and not only taken it. */
  readonly isBegun: boolean;
  readonly reason: string;
}

/** What a coordinator is told. */
export interface CoordinatorEvents {
  /** A result that has the form of one; the next one comes when this has resolved. Its failure is the end of the work. */
  readonly onResult: (result: JobResult) => Promise<void>;
  /** Told of what has not the form of a result, and is left out: its job is missed, and given out again. */
  readonly onRefused: (why: string) => void;
  /** What failed for good; with a UserError where Redis refuses what a queue needs. */
  readonly onFault: (error: unknown) => void;
  /** Redis is gone, or there again. */
  readonly onTrouble: (reason: string | undefined) => void;
}

/** Seconds for which a session stays known without its coordinator, and how often that renews it. */
const aliveSeconds = 30;
const renewMs = 5_000;

/** How long the end waits for a Redis that does not answer. */
const partingMs = 3_000;

/** So many bytes at the beginning of a session's id, written as hexadecimal digits, say which study it is of. */
export const studyMarkBytes = 4;

/** Characters of a reason that are read. */
const mostReason = 4096;

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
  const tidy = (isFirst = false) => removeDeadSessions(prefix, session.id, redis, isFirst);
  await tidy(true).catch((error) => {
    clients.disconnect();
    throw refusal(error, address);
  });
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
    if (!read.success) return events.onRefused(formFault(read.error));
    try {
      await events.onResult(read.data);
    } catch (error) {
      events.onFault(error);
    }
  };
  const results = new Worker<unknown>(keys.results, (job: Job<unknown>) => take(job.data), {
    connection: clients.connect(),
    prefix,
    drainDelay: drainSeconds(address),
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    // Nobody else takes results; one that comes twice all the same is of a job that is not out any more.
    maxStalledCount: 1_000_000,
    lockDuration: 60_000,
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
    await Promise.all([
      redis.set(keys.alive, "1", "EX", aliveSeconds),
      redis.hset(keys.sessions, session.id, JSON.stringify(session)),
    ]);
  };
  await renew().catch(async (error) => {
    await Promise.all([results, ...watchers].map((taker) => taker.close(true).catch(() => undefined)));
    clients.disconnect();
    throw refusal(error, address);
  });
  let isClosed = false;
  const renewTidily = () => {
    void renew()
      .then(() => tidy())
      // The end may come in between.
      .catch((error) => isClosed || events.onFault(refusal(error, address)));
  };
  const renewal = setInterval(renewTidily, renewMs);
  // It may have come back empty.
  redis.on("ready", renewTidily);
  return {
    add: async (id, job, { place, isAlone }) => {
      await queues[place].add(isAlone ? aloneName : togetherName, job, { jobId: id });
    },
    missing: async (jobs) => {
      // One by one: a pipeline is given up when the connection breaks, single commands are asked again.
      const counts = await Promise.all(jobs.map(([id, place]) => redis.exists(queues[place].toKey(id))));
      return jobs.flatMap(([id], i) => (counts[i] === 0 ? [id] : []));
    },
    takeFailed: async () => {
      const failed = await Promise.all(
        [queues.jobs, queues.local].map(async (queue) => {
          // Not by BullMQ, which would read each one's data: it may be anybody's.
          const ids = await redis.zrange(queue.toKey("failed"), "0", "99");
          return Promise.all(
            ids.map(async (id) => {
              const [reason, progress] = await redis.hmget(queue.toKey(id), "failedReason", "progress");
              await queue.remove(id);
              return {
                id,
                isStalled: reason === stalledReason,
                isBegun: progress === JSON.stringify(begunProgress),
                reason: (reason ?? "").slice(0, mostReason),
              };
            }),
          );
        }),
      );
      return failed.flat();
    },
    forget: async (workerId) => {
      await redis.hdel(keys.workers, workerId);
    },
    resultsWaiting: () => resultQueue.getJobCountByTypes("waiting", "active"),
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
      isClosed = true;
      clearInterval(renewal);
      redis.off("ready", renewTidily);
      const part = async () => {
        // First what needs no Redis, which may be away: their timers would keep the process alive.
        await Promise.all([results, ...watchers].map((taker) => taker.close(true)));
        await Promise.all([redis.del(keys.alive), redis.hdel(keys.sessions, session.id)]);
        await removeSession(prefix, session.id, redis);
        await Promise.all([queues.jobs.close(), queues.local.close(), resultQueue.close()]);
      };
      const parting = part().catch(() => undefined);
      await Promise.race([parting, patience(partingMs)]);
      clients.disconnect();
    },
  };
}

/**
 * What coordinators left behind that did not end in order: of those that gave no sign of life for long, and at first of earlier ones
 * of the same study, which one process at a time has. Later one of the same name may be in another container.
 */
async function removeDeadSessions(
  prefix: string,
  ownId: string,
  redis: Redis,
  isFirst: boolean,
): Promise<void> {
  const { sessions } = sessionKeys(prefix, "");
  const mark = ownId.slice(0, 2 * studyMarkBytes);
  for (const id of await redis.hkeys(sessions)) {
    if (id === ownId) continue;
    const isOfStudy = isFirst && id.startsWith(mark);
    if (!isOfStudy && (await redis.exists(sessionKeys(prefix, id).alive)) > 0) continue;
    await removeSession(prefix, id, redis);
  }
}
