import { Queue, WaitingError, Worker } from "bullmq";
import { drainSeconds } from "./connectionTimes.ts";
import { formFault } from "./formFault.ts";
import { type JobResult, jobForm, type QueueJob } from "./jobForms.ts";
import { aloneName, begunProgress } from "./jobMarks.ts";
import { maybeJson } from "./maybeJson.ts";
import { openBeginGate } from "./openBeginGate.ts";
import { patience } from "./patience.ts";
import type { QueueAddress } from "./queueAddress.ts";
import { openQueueClients } from "./queueClients.ts";
import { removeSession } from "./removeSession.ts";
import { type QueueSession, sessionForm, type WorkerBeat } from "./sessionForm.ts";
import { sessionKeys } from "./sessionKeys.ts";

/** A worker's end of a queue. */
export interface WorkerQueue {
  /** The sessions whose coordinators live; what is no description of one is told as `unknown`. */
  sessions(): Promise<readonly SessionFound[]>;
  /** How many workers gave a sign of life in a session. */
  workersIn(sessionId: string): Promise<number>;
  /** Begins to take a session's jobs. */
  join(session: QueueSession, options: JoinOptions): JoinedSession;
  close(): Promise<void>;
}

/** A session as it stands in Redis. */
export type SessionFound =
  | { readonly kind: "session"; readonly session: QueueSession }
  | { readonly kind: "unknown"; readonly id: string };

/** How jobs are taken. */
export interface JoinOptions {
  /** Also takes those that only the coordinator's own workers get. */
  readonly isLocal: boolean;
  /** Jobs at the same time. */
  readonly concurrency: number;
  /** Embeds a job; what it throws makes the job fail, with its message as the reason; undefined puts it back for others. */
  readonly work: (job: QueueJob, signal: AbortSignal) => Promise<Omit<JobResult, "job"> | undefined>;
}

/** A session that a worker takes jobs of. */
export interface JoinedSession {
  /** Whether the coordinator is still there. */
  isAlive(): Promise<boolean>;
  beat(beat: WorkerBeat): Promise<void>;
  /** Takes no more jobs, waits for those at work, and takes the sign of life away. With `force` nothing is waited for. */
  leave(options?: { readonly force?: boolean }): Promise<void>;
}

/** A worker's signs of life are forgotten so long after the last one of any. */
const workersSeconds = 120;

/** How long leaving waits for a Redis that does not answer. */
const partingMs = 3_000;

/** Nothing is taken yet. @param onTrouble told when Redis is gone, and `undefined` when it is there again */
export function openWorkerQueue(
  address: QueueAddress,
  workerId: string,
  onTrouble: (reason: string | undefined) => void,
): WorkerQueue {
  const { prefix } = address;
  const clients = openQueueClients(address, onTrouble);
  const redis = clients.connect();
  return {
    sessions: async () => {
      const { sessions } = sessionKeys(prefix, "");
      const found: SessionFound[] = [];
      for (const [id, text] of Object.entries(await redis.hgetall(sessions))) {
        if ((await redis.exists(sessionKeys(prefix, id).alive)) === 0) continue;
        const read = sessionForm.safeParse(maybeJson(text));
        found.push(
          read.success && read.data.id === id
            ? { kind: "session", session: read.data }
            : { kind: "unknown", id },
        );
      }
      return found;
    },
    workersIn: (id) => redis.hlen(sessionKeys(prefix, id).workers),
    join: (session, options) => join(session, options),
    close: async () => {
      clients.disconnect();
    },
  };

  function join(session: QueueSession, { isLocal, concurrency, work }: JoinOptions): JoinedSession {
    const keys = sessionKeys(prefix, session.id);
    const ownClients = openQueueClients(address, () => undefined);
    const results = new Queue<JobResult>(keys.results, {
      connection: ownClients.connect(),
      prefix,
      streams: { events: { maxLen: 10 } },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    // The connection tells it itself.
    results.on("error", () => undefined);
    const gate = openBeginGate();
    const workers = [keys.jobs, ...(isLocal ? [keys.local] : [])].map((name) => {
      const worker = new Worker<unknown>(
        name,
        async (job, token, signal) => {
          const read = jobForm.safeParse(job.data);
          if (!read.success) throw new Error(`no job: ${formFault(read.error)}`);
          const result = await gate.run(job.name === aloneName, async () => {
            // Who is lost before this had nothing to do with the job's pictures.
            await job.updateProgress(begunProgress);
            return work(read.data, signal ?? new AbortController().signal);
          });
          if (result === undefined) {
            await job.updateProgress(0);
            await job.moveToWait(token);
            throw new WaitingError();
          }
          // Before the job counts as done: who dies in between leaves a job that is done twice, and none that is lost.
          await results.add("result", { ...result, job: job.id ?? "" });
        },
        {
          connection: ownClients.connect(),
          prefix,
          concurrency,
          drainDelay: drainSeconds(address),
          removeOnComplete: { count: 0 },
          lockDuration: session.lockMs,
          stalledInterval: session.lockMs / 2,
          // The coordinator decides what becomes of a job whose worker is lost.
          maxStalledCount: 0,
          name: workerId,
        },
      );
      worker.on("error", () => undefined);
      return worker;
    });
    return {
      isAlive: async () => (await redis.exists(keys.alive)) > 0,
      beat: async (beat) => {
        // No transaction: that is given up when the connection breaks, single commands are asked again.
        await Promise.all([
          redis.hset(keys.workers, beat.id, JSON.stringify(beat)),
          redis.expire(keys.workers, workersSeconds),
        ]);
      },
      leave: async ({ force = false } = {}) => {
        const end = () => Promise.all(workers.map((worker) => worker.close(true)));
        const part = async () => {
          if (!force) await Promise.all(workers.map((worker) => worker.pause()));
          await end();
          await redis.hdel(keys.workers, workerId);
          await results.close();
          // What this worker wrote after the coordinator had taken its session out would stay for ever.
          if ((await redis.exists(keys.alive)) === 0) await removeSession(prefix, session.id, redis);
        };
        const parting = part().catch(() => undefined);
        await (force ? Promise.race([parting, patience(partingMs)]) : clients.whileThere(parting, partingMs));
        void end().catch(() => undefined);
        ownClients.disconnect();
      },
    };
  }
}
