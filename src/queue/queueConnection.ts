import { isIP } from "node:net";
import { Redis, type RedisOptions } from "ioredis";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { deadAfterMs } from "./connectionTimes.ts";
import type { QueueAddress } from "./queueAddress.ts";

const connectMs = 10_000;
const mostRetryMs = 5_000;

/** How ioredis connects; a connection that breaks is made again for as long as it takes, and what was asked is asked again. */
export function redisOptions(address: QueueAddress) {
  const { host, port, db, username, password, isEncrypted } = address;
  return {
    host,
    port,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // A certificate is for a name; one for a bare address is looked at without.
    ...(isEncrypted && { tls: isIP(host) === 0 ? { servername: host } : {} }),
    // What every Redis since version 5 speaks.
    protocol: 2 as const,
    connectTimeout: connectMs,
    socketTimeout: deadAfterMs(address),
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 200, mostRetryMs),
  } satisfies RedisOptions;
}

/** Writes a key that is gone a second later. */
const probe = 'return redis.call("SET", KEYS[1], ARGV[1], "PX", 1000)';

/**
 * Looks whether there is a Redis that can be used, before anything is begun.
 * @throws UserError that says what is wrong: no connection, password, database, or that it may throw entries away
 */
export async function requireQueue(address: QueueAddress): Promise<void> {
  // Asked for one by one, so that each refusal is an error: ioredis only warns of some, on the console.
  const { db, username, password } = address;
  const client = new Redis({
    ...redisOptions({ ...address, db: 0, username: undefined, password: undefined }),
    lazyConnect: true,
    enableReadyCheck: false,
    disableClientInfo: true,
    socketTimeout: connectMs,
    retryStrategy: () => null,
  });
  let last: unknown;
  // Without a listener ioredis writes to the console.
  client.on("error", (error) => {
    last = error;
  });
  try {
    await client.connect();
    if (password !== undefined)
      await (username === undefined ? client.auth(password) : client.auth(username, password));
    if (db !== 0) await client.select(db);
    requireFit(await client.info(), address);
    // A queue is scripts on keys of its prefix: whoever may not run them would wait for ever.
    await client.eval(probe, 1, `${address.prefix}:probe`, "1");
  } catch (error) {
    throw error instanceof UserError ? error : explained(isClosed(error) ? (last ?? error) : error, address);
  } finally {
    client.disconnect();
  }
}

/** ioredis' words for every command that was waiting when the connection broke. */
function isClosed(error: unknown): boolean {
  return error instanceof Error && error.message === "Connection is closed.";
}

/** @param info what Redis' INFO answers */
function requireFit(info: string, { shown }: QueueAddress): void {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1];
  const version = field("redis_version") ?? "";
  if (Number.parseInt(version, 10) < 5) {
    throw new UserError(`${shown}: this is Redis ${version}, and Clipbook needs 5 or newer`, {
      hint: "update it, or start another one",
    });
  }
  const policy = field("maxmemory_policy") ?? "noeviction";
  if (policy === "noeviction") return;
  throw new UserError(`${shown}: this Redis throws entries away when its memory is full (${policy})`, {
    hint: "a queue must not lose any: redis-cli config set maxmemory-policy noeviction",
  });
}

/** What a Redis' refusal means to the user; other errors as they are of a Redis that cannot be reached. */
function explained(error: unknown, { shown, username }: QueueAddress): UserError {
  const message = error instanceof Error ? error.message : String(error);
  const cause = error;
  if (/WRONGPASS|invalid username-password|invalid password/i.test(message)) {
    return new UserError(
      `${shown}: Redis refuses the ${username === undefined ? "password" : "user or the password"}`,
      {
        hint: "check it; signs such as @ / : # % are written %40 %2F %3A %23 %25",
        cause,
      },
    );
  }
  if (/NOAUTH/.test(message)) {
    return new UserError(`${shown}: Redis wants a password`, {
      hint: "give it in the address, redis://:PASSWORD@host, best by the variable CLIPBOOK_QUEUE, which no other user can read",
      cause,
    });
  }
  if (/without any password configured/.test(message)) {
    return new UserError(`${shown}: this Redis has no password, and one was given`, {
      hint: "leave it out, or give the Redis one: whoever reaches it can read and change the queue",
      cause,
    });
  }
  if (/DB index is out of range/.test(message))
    return new UserError(`${shown}: Redis has no database of this number`, { hint: "take 0", cause });
  if (/NOPERM|ACL failure|can't run this command|No permissions/.test(message)) {
    return new UserError(`${shown}: Redis does not allow this user what a queue needs`, {
      hint: "give the user all commands on the queue's keys: ACL SETUSER name on >PASSWORD ~clipbook:* +@all",
      cause,
    });
  }
  const reason = isErrorCode(error, "ECONNREFUSED")
    ? "nothing answers there"
    : isErrorCode(error, "ENOTFOUND", "EAI_AGAIN")
      ? "there is no such host"
      : isErrorCode(error, "ETIMEDOUT") || /timed? ?out/i.test(message)
        ? "no answer"
        : message;
  return new UserError(`${shown}: Redis cannot be reached: ${reason}`, {
    hint: "check host and port, that it runs, and whether it wants rediss:// (encrypted)",
    cause,
  });
}

/** A refusal of a Redis that was fit for a queue before, as the user can mend it; every other error as it is. */
export function refusal(error: unknown, { shown }: Pick<QueueAddress, "shown">): unknown {
  const message = error instanceof Error ? error.message : "";
  if (!/^(?:OOM|MISCONF|READONLY|WRONGTYPE|NOPERM)\b/.test(message)) return error;
  return new UserError(`${shown}: Redis refuses what the queue needs: ${message}`, {
    hint: "what is embedded is stored: give Redis what it lacks, and run the same command again",
    cause: error,
  });
}
