import type { Redis } from "ioredis";
import { sessionKeys } from "./sessionKeys.ts";

/** Takes everything of a session out of Redis, also while workers are at it. @throws Error of Redis */
export async function removeSession(prefix: string, id: string, redis: Redis): Promise<void> {
  const { alive, workers, sessions, jobs, local, results } = sessionKeys(prefix, id);
  await redis.del(alive, workers);
  // BullMQ's own way would refuse while a job is at work, and take three scripts for it.
  for (const queue of [jobs, local, results]) await removeQueue(prefix, queue, redis);
  await redis.hdel(sessions, id);
}

/** All keys of one of BullMQ's queues. @throws Error of Redis */
async function removeQueue(prefix: string, queue: string, redis: Redis): Promise<void> {
  // Whoever wrote a session there may have called it by a pattern.
  const literal = queue.replace(/[^\w-]/g, "\\$&");
  const stream = redis.scanStream({ match: `${prefix}:${literal}:*`, count: 1000 });
  for await (const found of stream) {
    const names = found as string[];
    if (names.length > 0) await redis.unlink(...names);
  }
}
