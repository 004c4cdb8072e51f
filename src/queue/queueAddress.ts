import { UserError } from "../errors.ts";

/** Where a queue is, and how to get there. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  /** Number of Redis' database. */
  readonly db: number;
  readonly isEncrypted: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Begins the names of all keys, so that several queues can lie in one database. */
  readonly prefix: string;
  /** After so long without a sign of life a worker counts as lost, in milliseconds. */
  readonly lockMs: number;
  /** For messages: without user and password. */
  readonly shown: string;
}

const usualPort = 6379;
const usualPrefix = "clipbook";
const usualLockSeconds = 30;

/**
 * Reads `redis://[user:password@]host[:port][/database][?prefix=NAME&lock=SECONDS]`, or the same with `rediss://`.
 * @throws UserError for anything else; the message shows no password
 */
export function parseQueueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === "")
    throw badAddress("it does not begin with redis:// or rediss:// and a host");
  if (!/^\/?\d{0,5}$/.test(url.pathname)) throw badAddress("behind the host comes the database's number");
  if (url.hash !== "") throw badAddress('a "#" in a password is written %23');
  const prefix = url.searchParams.get("prefix") ?? usualPrefix;
  if (!/^[\w.-]{1,64}$/.test(prefix))
    throw badAddress("a prefix has letters, digits, dots, dashes and underscores");
  const lock = Number(url.searchParams.get("lock") ?? usualLockSeconds);
  if (!(lock >= 1 && lock <= 3600)) throw badAddress("lock is from 1 to 3600 seconds");
  // The name is not shown: it may be the rest of a password with a question mark in it.
  for (const name of url.searchParams.keys())
    if (name !== "prefix" && name !== "lock")
      throw badAddress('behind "?" it knows prefix and lock; a "?" in a password is written %3F');
  const db = Number(url.pathname.slice(1));
  const port = url.port === "" ? usualPort : Number(url.port);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port,
    db,
    isEncrypted: url.protocol === "rediss:",
    username: decoded(url.username),
    password: decoded(url.password),
    prefix,
    lockMs: Math.round(lock * 1000),
    shown: `${url.protocol}//${url.hostname}:${port}/${db}${prefix === usualPrefix ? "" : `?prefix=${prefix}`}`,
  };
}

function decoded(part: string): string | undefined {
  if (part === "") return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    throw badAddress("a percent sign in a user or password is written %25");
  }
}

function badAddress(why: string): UserError {
  return new UserError(`the queue's address is not understood: ${why}`, {
    hint: "write it as redis://host:6379/0, with a password redis://:PASSWORD@host:6379/0",
  });
}
