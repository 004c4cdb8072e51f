/** The names of a session's keys and queues in Redis. */
export interface SessionKeys {
  /** The hash of all sessions' descriptions by id. */
  readonly sessions: string;
  /** Is there for as long as the session's coordinator lives. */
  readonly alive: string;
  /** The hash of workers' signs of life. */
  readonly workers: string;
  /** BullMQ's queues: for all workers, for the coordinator's own, and back. */
  readonly jobs: string;
  readonly local: string;
  readonly results: string;
}

/** @param prefix of the queue's address */
export function sessionKeys(prefix: string, id: string): SessionKeys {
  return {
    sessions: `${prefix}:sessions`,
    alive: `${prefix}:alive:${id}`,
    workers: `${prefix}:workers:${id}`,
    jobs: `jobs-${id}`,
    local: `local-${id}`,
    results: `results-${id}`,
  };
}
