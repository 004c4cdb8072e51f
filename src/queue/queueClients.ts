import { Redis } from "ioredis";
import { patience } from "./patience.ts";
import type { QueueAddress } from "./queueAddress.ts";
import { redisOptions } from "./queueConnection.ts";

/** Connections of one process to one Redis, which are ended together. */
export interface QueueClients {
  /** A connection of its own, for BullMQ or for single commands. */
  connect(): Redis;
  /** Waits for work that needs Redis, but no longer than that is gone for `brokenMs`. */
  whileThere(work: Promise<void>, brokenMs: number): Promise<void>;
  /** Ends them all at once, whatever they wait for. */
  disconnect(): void;
}

/** @param onTrouble told when the connection breaks, once, and `undefined` when it is there again */
export function openQueueClients(
  address: QueueAddress,
  onTrouble: (reason: string | undefined) => void,
): QueueClients {
  const clients: Redis[] = [];
  let isBroken = false;
  return {
    connect: () => {
      const client = new Redis(redisOptions(address));
      const duplicate = client.duplicate.bind(client);
      // BullMQ makes one more of each, to wait with, and cannot end it while Redis is away.
      client.duplicate = (options) => {
        const another = duplicate(options);
        clients.push(another);
        return another;
      };
      client.on("error", (error: Error) => {
        if (isBroken) return;
        isBroken = true;
        onTrouble(error.message === "" ? "no connection" : error.message);
      });
      client.on("ready", () => {
        if (!isBroken) return;
        isBroken = false;
        onTrouble(undefined);
      });
      clients.push(client);
      return client;
    },
    whileThere: async (work, brokenMs) => {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      do await Promise.race([done, patience(brokenMs)]);
      while (!isDone && !isBroken);
    },
    disconnect: () => {
      for (const client of clients) client.disconnect();
    },
  };
}
