import { Redis } from "ioredis";
import type { QueueAddress } from "./queueAddress.ts";
import { redisOptions } from "./queueConnection.ts";

/** Connections of one process to one Redis, which are ended together. */
export interface QueueClients {
  /** A connection of its own, for BullMQ or for single commands. */
  connect(): Redis;
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
    disconnect: () => {
      for (const client of clients) client.disconnect();
    },
  };
}
