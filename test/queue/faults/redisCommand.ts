import { execFileSync } from "node:child_process";
import type { TestRedis } from "../testRedis.ts";

/** What a command answers, line by line. */
export function redisCommand({ port }: Pick<TestRedis, "port">, ...command: readonly string[]): string[] {
  const said = execFileSync("redis-cli", ["-p", `${port}`, ...command], { encoding: "utf8" });
  return said.split("\n").filter((line) => line !== "");
}

/** The names of all keys. */
export function keysOf(redis: Pick<TestRedis, "port">): string[] {
  return redisCommand(redis, "--scan");
}
